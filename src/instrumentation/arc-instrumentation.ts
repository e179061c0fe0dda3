import type { LoggerProvider, MeterProvider, TracerProvider } from '@opentelemetry/api';
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  type InstrumentationConfig,
} from '@opentelemetry/instrumentation';
import { invalidSetting } from '../contract/errors.js';
import { INSTRUMENTATION_NAME } from '../contract/names.js';
import { resolveOptions, type ArcOptions, type ResolvedOptions } from '../contract/options.js';
import { ARC_VERSION } from '../contract/package-info.js';
import type { PatternDefinition, PatternShorthand } from '../contract/pattern.js';
import type { SdkStatus } from '../contract/status.js';
import { createPackHolder, type PackHolder } from '../patterns/pack-holder.js';
import { createFetchPatch, fetchStatus } from './adapters/fetch-patch.js';
import { ADAPTERS, adaptersFor } from './adapters/registry.js';
import type { Counters, Engine } from './engine.js';
import { createFrameworks, type Frameworks } from './frameworks/frameworks.js';
import { MCP_ESM_FILES, MCP_MODULE } from './mcp/definitions.js';
import { createMcp, type Mcp } from './mcp/mcp.js';
import type { MethodPatch } from './method-patch.js';
import { createInstruments } from './metrics.js';
import { activeContext } from './otel-global.js';
import { environment } from './environment.js';
import { createLessonBook } from './heal/lesson-book.js';
import { createMeasures } from './record.js';
import { recorderFor, type Recorder } from './recording/recorder.js';
import { fileDefinition, type AddModule } from './file-definition.js';
import { loadStartPacks } from './packs/start-packs.js';
import { createPatches, type Patches } from './patch.js';
import { processPlace } from './process-place.js';

/** Name of the pack that holds what `registerPattern` was given. */
const CODE_PACK = 'registered';

/** Arc's options beside those of every instrumentation. */
export interface ArcInstrumentationConfig extends InstrumentationConfig, Partial<ArcOptions> {
  /**
   * Rewrites each text of prompts, answers and tool definitions before it is attached to a span (`captureContent`). When
   * it throws, that content is left out; the call goes on.
   */
  readonly redact?: (text: string) => string;
}

/**
 * The instrumentation: patches the SDKs as they are loaded and repairs their requests inside the span.
 *
 * @example
 * import { NodeSDK } from '@opentelemetry/sdk-node';
 * import { ArcInstrumentation } from 'arc';
 * const sdk = new NodeSDK({ instrumentations: [new ArcInstrumentation({ mode: 'shadow' })] });
 * sdk.start();
 *
 * @throws {ArcError} `ARC_CONFIG_INVALID` for a bad option, `ARC_PACK_INVALID` for a bad pack file.
 */
export class ArcInstrumentation extends InstrumentationBase<ArcInstrumentationConfig> {
  // Declared, not initialised: the base class calls init() and setConfig() before field initialisers run.
  declare private engine: Engine;
  declare private patches: Patches;
  declare private fetchPatch: MethodPatch;
  declare private frameworks: Frameworks;
  declare private mcp: Mcp;
  declare private resolved: ResolvedOptions;

  constructor(config: ArcInstrumentationConfig = {}) {
    super(INSTRUMENTATION_NAME, ARC_VERSION, { ...config, enabled: false });
    this.setConfig(config);
    this.loadPacks();
    if (config.enabled !== false) this.enable();
  }

  protected override init(): InstrumentationNodeModuleDefinition[] {
    this.engine = this.createEngine();
    this.patches = createPatches(this.engine);
    this.fetchPatch = createFetchPatch(this.engine);
    this.frameworks = createFrameworks(this.engine);
    this.mcp = createMcp(this.engine);
    const definitions = ADAPTERS.map(
      (adapter) =>
        new InstrumentationNodeModuleDefinition(
          adapter.module,
          ['*'],
          (moduleExports: unknown, version?: string) => {
            this.patches.addModule(adapter, moduleExports, version);
            return moduleExports;
          },
        ),
    );
    const inMcp: AddModule = (moduleExports, version) => this.mcp.addModule(moduleExports, version);
    return [
      ...definitions,
      fileDefinition(MCP_MODULE, MCP_ESM_FILES, inMcp), // its CommonJS copies are found without the base class
      ...this.frameworks.hooks.map((hook) =>
        fileDefinition(hook.package.module, hook.package.files, hook.add),
      ),
    ];
  }

  /** Puts every patch in place; a copy of an SDK that is loaded later is patched as it loads. */
  override enable(): void {
    if (this._enabled) return;
    super.enable();
    this.engine.active = true;
    this.patches.apply();
    this.fetchPatch.apply();
    this.frameworks.apply();
    this.mcp.apply();
    this.engine.lessons.share(this.engine.options.heal);
  }

  /** Puts every original method back, in every copy of every SDK. */
  override disable(): void {
    if (!this._enabled) return;
    super.disable();
    this.engine.active = false;
    this.patches.restore();
    this.fetchPatch.restore();
    this.frameworks.restore();
    this.mcp.restore();
    this.engine.lessons.share(false);
  }

  /**
   * Changes the options of a running process; the next call sees them.
   * @throws {ArcError} `ARC_CONFIG_INVALID`; the options in force stay.
   */
  override setConfig(config: ArcInstrumentationConfig = {}): void {
    const resolved = resolveOptions(config, environment);
    const { redact } = config;
    if (redact && typeof redact !== 'function') throw invalidSetting('redact', 'a function', redact);
    super.setConfig(config);
    this.resolved = resolved;
    // The base class sets the config before init() has built the engine.
    if (this.engine as Engine | undefined) {
      this.engine.options = redact ? { ...resolved.options, redact } : resolved.options;
      this.engine.recorder = this.recorderFor(resolved.options);
      this.engine.lessons.share(this.engine.active && resolved.options.heal);
    }
  }

  override setTracerProvider(provider: TracerProvider): void {
    super.setTracerProvider(provider);
    this.engine.tracer = this.tracer;
  }

  override setMeterProvider(provider: MeterProvider): void {
    super.setMeterProvider(provider);
    this.engine.meter = this.meter;
    this.engine.instruments = createInstruments(this.meter, this.engine.measures.settle);
  }

  override setLoggerProvider(provider: LoggerProvider): void {
    super.setLoggerProvider(provider);
    this.engine.logger = this.logger;
  }

  /**
   * Adds a pattern to the running process; the next call sees it. The same id again replaces it.
   * @returns the pattern in its normal form.
   * @throws {PackError} naming the field, the rule and the value.
   * @example
   * new ArcInstrumentation().registerPattern({
   *   pattern: { model: 'gpt-4', temperature: { '>': 0.9 } },
   *   fix: { temperature: 0.7 },
   * }).id // 'registered.' and a fingerprint
   */
  registerPattern(shorthand: PatternShorthand): PatternDefinition {
    const { definePattern } =
      require('../patterns/shorthand.js') as typeof import('../patterns/shorthand.js');
    const definition = definePattern(shorthand);
    this.engine.packs.add(definition, CODE_PACK, 'code');
    return definition;
  }

  /**
   * Protects one client, for programs whose modules cannot be patched as they load (bundles, clients made earlier).
   * @returns the same client.
   * @throws {TypeError} when no adapter knows the client's shape.
   */
  wrap<T extends object>(client: T): T {
    const fits = adaptersFor(client).map((adapter) => this.patches.addClient(adapter, client));
    fits.push(this.mcp.addClient(client));
    if (!fits.includes(true)) {
      const known = [...ADAPTERS.map(({ module }) => module), MCP_MODULE].join(', ');
      throw new TypeError(`wrap: expected a client of ${known}, received ${client.constructor.name}`);
    }
    return client;
  }

  /** The patterns in force. */
  get packs(): PackHolder {
    return this.engine.packs;
  }

  /** Running totals since this instrumentation was made. */
  get counters(): Readonly<Counters> {
    return this.engine.counters;
  }

  /** The options in force and where each came from. */
  get options(): ResolvedOptions {
    return this.resolved;
  }

  /** Every copy of an SDK or framework seen so far, and the process's `fetch`. */
  sdks(): readonly SdkStatus[] {
    return [
      ...this.patches.status(),
      fetchStatus(this.fetchPatch),
      ...this.frameworks.status(),
      ...this.mcp.status(),
    ];
  }

  private recorderFor(options: ArcOptions): Recorder | undefined {
    const running = (this.engine as Engine | undefined)?.recorder; // none before init()
    const failed = (error: unknown): void =>
      this._diag.error(`requests are not recorded, ${options.record} cannot be written:`, String(error));
    return recorderFor(options, running, failed);
  }

  private createEngine(): Engine {
    const measures = createMeasures(() => this.engine);
    const failed = (error: unknown): void => this._diag.warn('lessons are not shared:', String(error));
    const packs = createPackHolder({
      place: processPlace(environment),
      damaged: (error) => this._diag.error('a pattern is left out:', String(error)),
    });
    return {
      active: false,
      options: this.resolved.options,
      packs,
      lessons: createLessonBook({ packs, failed }),
      tracer: this.tracer,
      logger: this.logger,
      instruments: createInstruments(this.meter, measures.settle),
      measures,
      recorder: this.recorderFor(this.resolved.options),
      meter: this.meter,
      counters: { intercepted: 0, matched: 0, fixed: 0, errors: 0 },
      parentContext: activeContext,
    };
  }

  private loadPacks(): void {
    loadStartPacks(this.engine.packs, this.resolved.options, (error) =>
      this._diag.error('a pack file was not loaded, the other patterns run:', String(error)),
    );
  }
}
