import type { Mode, PackInfo } from './pattern.js';

/** One copy of an SDK, of a framework or of a protocol's SDK that a process has loaded, or its `fetch`. */
export interface SdkStatus {
  /** Package name, e.g. `openai`. */
  readonly module: string;
  /** Its version, or undefined when it could not be read. */
  readonly version: string | undefined;
  /** How it was loaded: a CommonJS or ES module copy, or a client handed to `wrap`. `global`: it is part of the process. */
  readonly format: 'cjs' | 'esm' | 'client' | 'global';
  /** `untested`: newer or older than the range the tests cover, patched because its shape fits. */
  readonly support: 'tested' | 'untested';
  /** The methods looked for, e.g. `OpenAI.Chat.Completions.create`, and whether each is patched now. */
  readonly targets: readonly { readonly name: string; readonly patched: boolean }[];
}

/** A setting in force and where it came from. */
export interface SettingStatus {
  readonly key: string;
  readonly value: string;
  readonly origin: 'default' | 'env' | 'code';
}

/** What the trace exporter did so far. Instants are RFC 3339. */
export interface TelemetryStatus {
  readonly exporter: string;
  readonly spansExported: number;
  readonly spansFailed: number;
  readonly lastFlushAt?: string;
  readonly lastErrorAt?: string;
  readonly lastError?: string;
}

/** The whole state of Arc in one process: what `status()` returns, `arc doctor` prints and Core is told. */
export interface ArcStatus {
  readonly arcVersion: string;
  readonly serviceName: string;
  readonly pid: number;
  readonly nodeVersion: string;
  readonly startedAt: string;
  readonly enabled: boolean;
  readonly mode: Mode;
  readonly packs: readonly PackInfo[];
  readonly sdks: readonly SdkStatus[];
  readonly settings: readonly SettingStatus[];
  readonly telemetry: TelemetryStatus;
  /** State of the control channel, e.g. `connected ws://localhost:4320/v1/opamp`. */
  readonly control: string;
  readonly counters: {
    readonly intercepted: number;
    readonly matched: number;
    readonly fixed: number;
    readonly errors: number;
  };
}
