import { invalidSetting } from './errors.js';

/**
 * Which names of the GenAI conventions are emitted. `latest`: the newest only. `legacy`: for what was renamed since
 * version 1.41, the old name only. `both`: old and new beside each other.
 */
export type SemconvChoice = 'latest' | 'legacy' | 'both';

/** OpenTelemetry's variable, shared by every instrumentation of the process. */
export const SEMCONV_ENV = 'OTEL_SEMCONV_STABILITY_OPT_IN';

/**
 * What the entries of the variable say to Arc. `gen_ai_latest_experimental` is the conventions' own; `/dup` is how the
 * other categories ask for both. Arc has emitted nothing before the newest names, so no entry means those.
 */
const CHOICES: readonly (readonly [entry: RegExp, choice: SemconvChoice])[] = [
  [/^gen_ai(?:_latest_experimental)?\/dup$/, 'both'],
  [/^gen_ai_latest_experimental$/, 'latest'],
  [/^gen_ai\/(?:legacy|v1\.(?:3[6-9]|4[01])(?:\.\d+)?)$/, 'legacy'],
];

/**
 * Reads a choice from code, or the variable's list; entries that speak to other instrumentations are passed over.
 * @throws {ArcError} `ARC_CONFIG_INVALID` for a value from code that is none of the three.
 * @example semconvChoice('http,gen_ai/dup', SEMCONV_ENV) // 'both'
 */
export function semconvChoice(value: unknown, field: string): SemconvChoice {
  if (value === 'latest' || value === 'legacy' || value === 'both') return value;
  if (field !== SEMCONV_ENV || typeof value !== 'string') {
    throw invalidSetting(field, 'one of latest, legacy, both', value);
  }
  const entries = value.split(',').map((entry) => entry.trim());
  const found = CHOICES.find(([pattern]) => entries.some((entry) => pattern.test(entry)));
  return found ? found[1] : 'latest';
}
