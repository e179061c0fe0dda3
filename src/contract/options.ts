import { CONTENT_ENV, contentGoesTo } from './content-choice.js';
import type { Mode } from './pattern.js';
import { providerNames, showProviderNames, type ProviderNames } from './provider-names.js';
import { boolean, controlUrl, list, numberIn, oneOf, text } from './option-values.js';
import { SEMCONV_ENV, semconvChoice, type SemconvChoice } from './semconv-choice.js';
import type { SettingStatus } from './status.js';

/** `arc`: Arc's span and none of the SDK's; `sdk`: the SDK's span and none of Arc's. */
export type NativeTelemetry = 'arc' | 'sdk';

/** What Arc can be told, by code (`new ArcInstrumentation(config)`) or by environment. */
export interface ArcOptions {
  /** `apply` repairs, `shadow` records what would have been done, `off` looks at nothing. */
  readonly mode: Mode;
  /** Lowest pattern confidence that may change a request, from 0 to 1. */
  readonly minConfidence: number;
  /** Let patterns act whose repair drops something the caller wrote. */
  readonly lossy: boolean;
  /** Repair and send once more what a provider refused, and remember. */
  readonly heal: boolean;
  /** Load the patterns that ship with Arc. */
  readonly builtinPack: boolean;
  /** Pack files to load at start and to watch, YAML. */
  readonly packs: readonly string[];
  /** Attach prompts and answers to spans. */
  readonly captureContent: boolean;
  /** Send prompts and answers as log events. */
  readonly contentEvents: boolean;
  /** Longest content attribute, in bytes of UTF-8; longer ones are cut and say so. */
  readonly maxContentBytes: number;
  /** `gen_ai.provider.name` by server, for what speaks a known protocol under an address of its own: `{ 'localhost:1234': 'lmstudio' }`. */
  readonly providers: ProviderNames;
  /** Whose span a call has whose SDK makes spans by itself. */
  readonly nativeTelemetry: NativeTelemetry;
  /** Which names of the GenAI conventions to emit. */
  readonly semconv: SemconvChoice;
  /** Ask OpenAI for the token counts of streams that would not tell them; the caller does not see the answer. */
  readonly injectUsage: boolean;
  /** The span of a stream that is still open after this long ends, in milliseconds. */
  readonly maxStreamAgeMs: number;
  /** OpAMP endpoint of Arc Core, `ws:`, `wss:`, `http:` or `https:`; `none` leaves it out. */
  readonly controlUrl: string;
  /** File that outgoing requests are written to, as JSON lines; none when empty. */
  readonly record: string;
  /** Write prompts there as they are, and not masked. */
  readonly recordContent: boolean;
  /** Time between two polls when the control channel runs over HTTP, in milliseconds. */
  readonly controlPollMs: number;
  /** Longest wait for telemetry at exit, in milliseconds. */
  readonly flushTimeoutMs: number;
}

/** One row of the option table. */
export interface OptionSpec<K extends keyof ArcOptions = keyof ArcOptions> {
  readonly key: K;
  readonly env: string;
  readonly fallback: ArcOptions[K];
  readonly unit: string;
  readonly doc: string;
  /** Reads the environment's text or checks a value from code. @throws {ArcError} `ARC_CONFIG_INVALID` */
  readonly parse: (value: unknown, field: string) => ArcOptions[K];
}

/** One row for each option; a missing one does not compile. */
const TABLE: { readonly [K in keyof ArcOptions]: Omit<OptionSpec<K>, 'key'> } = {
  mode: {
    env: 'ARC_MODE',
    fallback: 'apply',
    unit: 'apply, shadow or off',
    doc: 'Repair requests, only record what would have been repaired, or look at nothing.',
    parse: oneOf(['apply', 'shadow', 'off']),
  },
  minConfidence: {
    env: 'ARC_MIN_CONFIDENCE',
    fallback: 0.8,
    unit: '0 to 1',
    doc: 'Patterns less confident than this never change a request.',
    parse: numberIn(0, 1),
  },
  lossy: {
    env: 'ARC_LOSSY',
    fallback: false,
    unit: 'true or false',
    doc: 'Let repairs act that drop something you wrote: the oldest turns of a conversation that is too long, an image.',
    parse: boolean,
  },
  heal: {
    env: 'ARC_HEAL',
    fallback: false,
    unit: 'true or false',
    doc: 'Where a provider refuses a request and names the remedy: repair it, send it once more in the same span, and repair the next before it leaves.',
    parse: boolean,
  },
  builtinPack: {
    env: 'ARC_BUILTIN_PACK',
    fallback: true,
    unit: 'true or false',
    doc: 'Load the patterns that ship with Arc.',
    parse: boolean,
  },
  packs: {
    env: 'ARC_PACKS',
    fallback: [],
    unit: 'file paths, comma-separated',
    doc: 'Pattern files to load at start; a change to one is picked up while the process runs.',
    parse: list,
  },
  captureContent: {
    env: CONTENT_ENV,
    fallback: false,
    unit: 'SPAN_ONLY, SPAN_AND_EVENT or true',
    doc: 'Attach prompts and answers to spans, and show them in repairs.',
    parse: contentGoesTo('span'),
  },
  contentEvents: {
    env: CONTENT_ENV,
    fallback: false,
    unit: 'EVENT_ONLY or SPAN_AND_EVENT',
    doc: 'Send prompts and answers as `gen_ai.client.inference.operation.details` events, where logs are collected.',
    parse: contentGoesTo('event'),
  },
  maxContentBytes: {
    env: 'ARC_MAX_CONTENT_BYTES',
    fallback: 32_768,
    unit: 'bytes',
    doc: 'Longest content attribute; longer ones are cut.',
    parse: numberIn(256, 1_048_576),
  },
  providers: {
    env: 'ARC_PROVIDERS',
    fallback: Object.freeze({}),
    unit: 'server=provider, comma-separated',
    doc: 'Names of servers that speak a known protocol, e.g. `vllm.internal:8000=vllm`: host, host:port or URL. Repairs for OpenAI alone stop at a server with another name.',
    parse: providerNames,
  },
  nativeTelemetry: {
    env: 'ARC_NATIVE_TELEMETRY',
    fallback: 'arc',
    unit: 'arc or sdk',
    doc: 'Whose span a call has whose SDK makes spans by itself, as `@anthropic-ai/sdk` does since 0.134, and `@mistralai/mistralai` where it is told to. Arc repairs and measures either way.',
    parse: oneOf(['arc', 'sdk']),
  },
  semconv: {
    env: SEMCONV_ENV,
    fallback: 'latest',
    unit: 'latest, legacy or both',
    doc: 'Names of the GenAI conventions: the newest; `gen_ai/legacy`: the old ones where they were renamed; `gen_ai/dup`: both.',
    parse: semconvChoice,
  },
  injectUsage: {
    env: 'ARC_INJECT_USAGE',
    fallback: false,
    unit: 'true or false',
    doc: 'Ask OpenAI for the token counts of streams; the application does not see the extra chunk.',
    parse: boolean,
  },
  maxStreamAgeMs: {
    env: 'ARC_MAX_STREAM_AGE_MS',
    fallback: 600_000,
    unit: 'milliseconds',
    doc: 'Age at which the span of an open stream ends; the stream itself goes on.',
    parse: numberIn(100, 86_400_000),
  },
  controlUrl: {
    env: 'ARC_CONTROL_URL',
    fallback: 'ws://localhost:4320/v1/opamp',
    unit: 'URL or none',
    doc: 'Where Arc Core hands down packs (OpAMP): ws and wss are pushed to, http and https are polled.',
    parse: controlUrl,
  },
  record: {
    env: 'ARC_RECORD',
    fallback: '',
    unit: 'file path',
    doc: 'Write outgoing requests to this file as JSON lines, for `arc check` and `arc replay`; letters of prompts become x.',
    parse: text,
  },
  recordContent: {
    env: 'ARC_RECORD_CONTENT',
    fallback: false,
    unit: 'true or false',
    doc: 'Write prompts there as they are.',
    parse: boolean,
  },
  controlPollMs: {
    env: 'ARC_CONTROL_POLL_MS',
    fallback: 1_000,
    unit: 'milliseconds',
    doc: 'Time between polls when the control channel runs over HTTP.',
    parse: numberIn(50, 3_600_000),
  },
  flushTimeoutMs: {
    env: 'ARC_FLUSH_TIMEOUT_MS',
    fallback: 2_000,
    unit: 'milliseconds',
    doc: 'Longest time a process waits for telemetry to leave when it ends.',
    parse: numberIn(0, 60_000),
  },
};

/** The one table: types, defaults, environment, `arc doctor` and the README come from it. */
export const OPTIONS: readonly OptionSpec[] = Object.freeze(
  Object.entries(TABLE).map(([key, spec]) => ({ ...spec, key: key as keyof ArcOptions })),
);

/** Options with the origin of each. */
export interface ResolvedOptions {
  readonly options: ArcOptions;
  readonly settings: readonly SettingStatus[];
}

/**
 * Merges code over environment over defaults.
 * @throws {ArcError} `ARC_CONFIG_INVALID`, naming the setting, the rule and the value.
 * @example resolveOptions({ mode: 'shadow' }, {}).options.mode // 'shadow'
 */
export function resolveOptions(
  code: Partial<ArcOptions>,
  env: Readonly<Record<string, string | undefined>>,
): ResolvedOptions {
  const values: Record<string, unknown> = {};
  const settings = OPTIONS.map((spec): SettingStatus => {
    const fromCode = code[spec.key];
    const fromEnv = env[spec.env];
    const origin = fromCode !== undefined ? 'code' : fromEnv ? 'env' : 'default';
    const value: ArcOptions[keyof ArcOptions] =
      origin === 'default'
        ? spec.fallback
        : origin === 'code'
          ? spec.parse(fromCode, spec.key)
          : spec.parse(fromEnv, spec.env);
    values[spec.key] = value;
    return { key: spec.key, value: shown(value), origin };
  });
  // Every key of ArcOptions has a row, each with a value of its type.
  return { options: values as unknown as ArcOptions, settings };
}

function shown(value: ArcOptions[keyof ArcOptions]): string {
  return typeof value === 'object' && !isList(value) ? showProviderNames(value) : String(value);
}

/** `Array.isArray` does not narrow readonly lists. */
function isList(value: object): value is readonly unknown[] {
  return Array.isArray(value);
}
