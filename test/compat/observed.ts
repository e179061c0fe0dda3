/** What the program of test/programs/compat prints about one way of calling an SDK. */
export interface ObservedCase {
  readonly name: string;
  /** False when the release does not have what the case calls. */
  readonly there: boolean;
  /** What the caller got or what was thrown, as plain data. */
  readonly value?: unknown;
  readonly error?: unknown;
  /** Rejections nobody handled. */
  readonly unhandled?: readonly unknown[];
  readonly requests?: readonly ObservedRequest[];
  readonly expected?: Expectation;
  /** Under Arc only. */
  readonly spans?: ObservedSpans;
  /** What the case itself found wrong with the spans; under Arc only. */
  readonly wrong?: readonly string[];
}

/** A request as the model server got it. */
interface ObservedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status?: number;
  readonly aborted: boolean;
}

/** What a case promises under Arc. */
interface Expectation {
  /** Model requests, each with one span. */
  readonly spans: number;
  /** Whether their spans have token counts; null where some have. */
  readonly tokens: boolean | 'when answered' | null;
  /** Names of all spans of Arc's, in order of the alphabet, where there are others than those of model requests. */
  readonly named?: readonly string[];
  /** Parameters a pattern repairs; the bodies differ in these and in nothing else. */
  readonly repaired?: Readonly<Record<string, unknown>>;
  /** True where the SDK makes the span, which says nothing of Arc. */
  readonly bySdk?: boolean;
  /** True where something inside Arc fails, which the caller must not notice. */
  readonly failsInside?: boolean;
}

/** Spans of one case. */
interface ObservedSpans {
  /** Names of spans that started and never ended. */
  readonly open: readonly string[];
  readonly endedTwice: number;
  /** Names of Arc's spans, in order of the alphabet. */
  readonly named: readonly string[];
  /** Calls that were repaired. */
  readonly fixes: number;
  /** Failures inside Arc. */
  readonly failures: number;
  readonly inference: readonly {
    readonly tokens: boolean;
    readonly error?: string;
    readonly fixed: boolean;
  }[];
}

/** One run of the program. */
export interface ObservedRun {
  readonly cases: readonly ObservedCase[];
  /** Copies Arc patched; under Arc only, and where it patches something. */
  readonly sdks?: readonly {
    readonly version?: string;
    readonly format: string;
    readonly support: string;
    readonly targets: readonly { readonly name: string; readonly patched: boolean }[];
  }[];
}
