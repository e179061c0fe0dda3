import { textOr } from './rule.js';

/**
 * What Anthropic documents of its models. The first row whose pattern fits counts; of a model in no row nothing is known.
 * @see https://platform.claude.com/docs/en/about-claude/models/overview
 */
export interface AnthropicModel {
  /** Most tokens it writes. */
  readonly output?: number;
  /** `enabled` thinks on a budget, `adaptive` as much as it likes, `both` either way, `none` not at all. */
  readonly thinks?: 'enabled' | 'adaptive' | 'both' | 'none';
  /** `one` takes `temperature` or `top_p`, not both; `none` neither, nor `top_k`. */
  readonly samplers?: 'one' | 'none';
  /** The conversation has to end with the user. */
  readonly noPrefill?: true;
  /** Accepted values of `output_config.effort`; none when the list is empty. */
  readonly efforts?: readonly string[];
  /** Takes messages of the role `system` in the middle of a conversation. */
  readonly systemTurns?: true;
}

const TO_HIGH = ['low', 'medium', 'high'];
const TO_MAX = [...TO_HIGH, 'max'];
const ALL = [...TO_HIGH, 'xhigh', 'max'];
const OLD = { efforts: [] } as const;

const MODELS: readonly (readonly [RegExp, AnthropicModel])[] = [
  [/^claude-3-(opus|sonnet|haiku)/, { ...OLD, output: 4_096, thinks: 'none' }],
  [/^claude-3-5/, { ...OLD, output: 8_192, thinks: 'none' }],
  [/^claude-3-7/, { ...OLD, output: 128_000, thinks: 'enabled' }],
  [/^claude-opus-4-1/, { ...OLD, output: 32_000, thinks: 'enabled', samplers: 'one' }],
  [/^claude-opus-4(-0|-2|$)/, { ...OLD, output: 32_000, thinks: 'enabled' }],
  [/^claude-sonnet-4(-0|-2|$)/, { ...OLD, output: 64_000, thinks: 'enabled' }],
  [/^claude-opus-4-5/, { output: 64_000, thinks: 'enabled', samplers: 'one', efforts: TO_HIGH }],
  [/^claude-(sonnet|haiku)-4-5/, { output: 64_000, thinks: 'enabled', samplers: 'one', efforts: [] }],
  [
    /^claude-opus-4-6/,
    { output: 128_000, thinks: 'both', samplers: 'one', noPrefill: true, efforts: TO_MAX },
  ],
  [
    /^claude-sonnet-4-6/,
    { output: 128_000, thinks: 'both', samplers: 'one', noPrefill: true, efforts: TO_MAX },
  ],
  [
    /^claude-opus-4-7/,
    { output: 128_000, thinks: 'adaptive', samplers: 'none', noPrefill: true, efforts: ALL },
  ],
  [
    /^claude-(opus-4-[89]|opus-5|sonnet-5|haiku-5|fable|mythos)/,
    { output: 128_000, thinks: 'adaptive', samplers: 'none', noPrefill: true, systemTurns: true },
  ],
];

/** Models taken out of service by 2025. */
const RETIRED = /^claude-(1|2|instant|3-opus|3-sonnet)/;

const UNKNOWN: AnthropicModel = {};

/** The row of a model. */
export function anthropicModel(model: unknown): AnthropicModel {
  const name = baseName(model);
  return MODELS.find(([pattern]) => pattern.test(name))?.[1] ?? UNKNOWN;
}

/** Whether Anthropic no longer serves a model; its clouds keep theirs longer. */
export function isRetiredAnthropic(model: unknown): boolean {
  return RETIRED.test(textOr(model));
}

/**
 * The name without what Amazon Bedrock and Vertex AI put around it.
 * @example baseName('us.anthropic.claude-sonnet-4-5-20250929-v1:0') // 'claude-sonnet-4-5-20250929-v1:0'
 */
function baseName(model: unknown): string {
  return textOr(model)
    .replace(/^.*anthropic\./, '')
    .replace('@', '-');
}
