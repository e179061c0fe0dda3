import type { SdkStatus } from '../../contract/status.js';
import { isTested } from '../adapters/registry.js';
import { isRecord, record, type UnknownRecord } from '../adapters/shape.js';
import type { Engine } from '../engine.js';
import { isMethod, likeness, type Method } from '../method-patch.js';
import { createClassPatches, formatOf, type ClassTarget } from './class-patches.js';
import type { Framework, LoadedFile } from './framework.js';
import { VERCEL_AI } from './packages.js';
import { createAiTracer } from './vercel-ai-tracer.js';

/** Functions that run an agent's loop. */
const FUNCTIONS = ['generateText', 'streamText'];
/** Classes on top of them, by the names they had. */
const CLASSES = ['ToolLoopAgent', 'Experimental_Agent'];

interface Copy {
  readonly file: LoadedFile;
  /** The replacements by name; they pass calls through while Arc is disabled. */
  readonly functions: ReadonlyMap<string, Method>;
  /** What the copy exports instead. */
  readonly observed: unknown;
}

/** Gives a call the telemetry settings Arc observes it by; the program's own settings stay if it made any. */
type Observe = (given: unknown) => unknown;

/**
 * The Vercel AI SDK up to 6, which has no diagnostics channel: its functions are given a tracer of Arc's by their own
 * option, `experimental_telemetry`. A call for which the program switched telemetry on or off is left as it is.
 */
export function createAiFunctions(engine: Engine): Omit<Framework, 'packages'> {
  const tracer = createAiTracer(engine);
  const observe: Observe = (given) => telemetryOf(engine, tracer, given);
  const classes = createClassPatches(engine);
  const targets = CLASSES.flatMap((owner) =>
    ['generate', 'stream'].map((method) => agentTarget(owner, method)),
  );
  function agentTarget(owner: string, method: string): ClassTarget {
    return { owner, method, optional: true, wrap: (original) => observeAgent(engine, original, observe) };
  }
  const copies: Copy[] = [];
  return {
    addModule(file) {
      const { moduleExports } = file;
      const known = copies.find((copy) => copy.file.moduleExports === moduleExports);
      if (known) return known.observed;
      classes.add(file, targets);
      const functions = functionsOf(moduleExports, (original) => observeCall(engine, original, observe));
      const observed = replaceExports(moduleExports, functions);
      copies.push({ file, functions, observed });
      return observed;
    },
    apply: classes.apply,
    restore: classes.restore,
    status: () => copies.map((copy) => describeCopy(copy, engine.active)),
  };
}

/** A call with an options object of a class of its own is left alone: a copy would lose what it inherits. */
function observeCall(engine: Engine, original: Method, observe: Observe): Method {
  return function call(...args) {
    const [options] = args;
    if (!engine.active || !isPlain(options)) return original.apply(this, args);
    const telemetry = observe(options['experimental_telemetry']);
    return original.call(this, { ...options, experimental_telemetry: telemetry }, ...args.slice(1));
  };
}

/** An agent's method takes precedence over what the agent was made with. */
function observeAgent(engine: Engine, original: Method, observe: Observe): Method {
  return function call(...args) {
    const [options] = args;
    if (!engine.active || !isPlain(options)) return original.apply(this, args);
    const made = record(record(this)['settings'])['experimental_telemetry'];
    const telemetry = observe(options['experimental_telemetry'] ?? made);
    return original.call(this, { ...options, experimental_telemetry: telemetry }, ...args.slice(1));
  };
}

function telemetryOf({ options }: Engine, tracer: unknown, given: unknown): unknown {
  const settings = record(given);
  if (settings['isEnabled'] !== undefined) return given;
  const { captureContent } = options;
  return {
    ...settings,
    isEnabled: true,
    recordInputs: captureContent,
    recordOutputs: captureContent,
    tracer,
  };
}

function isPlain(value: unknown): value is UnknownRecord {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function functionsOf(
  moduleExports: unknown,
  wrap: (original: Method) => Method,
): ReadonlyMap<string, Method> {
  const functions = new Map<string, Method>();
  for (const name of FUNCTIONS) {
    const original = record(moduleExports)[name];
    if (isMethod(original)) functions.set(name, likeness(wrap(original), original));
  }
  return functions;
}

/** An ES module, wrapped by the hooks, takes new exports; the properties of a CommonJS one are fixed, so it gets a proxy. */
function replaceExports(moduleExports: unknown, functions: ReadonlyMap<string, Method>): unknown {
  if (!isRecord(moduleExports)) return moduleExports;
  if (formatOf(moduleExports) === 'esm') {
    for (const [name, replacement] of functions) Reflect.set(moduleExports, name, replacement);
    return moduleExports;
  }
  return new Proxy(moduleExports, {
    get: (exported, name, self): unknown =>
      (typeof name === 'string' ? functions.get(name) : undefined) ?? Reflect.get(exported, name, self),
  });
}

function describeCopy({ file: { moduleExports, version }, functions }: Copy, active: boolean): SdkStatus {
  return {
    module: VERCEL_AI.module,
    version,
    format: formatOf(moduleExports),
    support: isTested(VERCEL_AI, version) ? 'tested' : 'untested',
    targets: FUNCTIONS.map((name) => ({ name, patched: active && functions.has(name) })),
  };
}
