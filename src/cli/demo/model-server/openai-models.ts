import { textOr } from './rule.js';

/**
 * What OpenAI documents of its models. The first row whose pattern fits counts; of a model in no row nothing is known.
 * @see https://platform.openai.com/docs/models
 */
export interface OpenaiModel {
  /** Takes the newer parameter set. */
  readonly reasons?: true;
  /** Serves the sampling parameters while its reasoning is off. */
  readonly samplesAtRest?: true;
  /** Accepted values of `reasoning_effort`. */
  readonly efforts?: readonly string[];
  /** Most tokens it writes. */
  readonly output?: number;
  /** Served by another endpoint only. */
  readonly only?: 'responses' | 'completions' | 'embeddings';
  /** Takes no pictures. */
  readonly blind?: true;
  /** Takes neither instructions nor tools nor streams: the first reasoning models. */
  readonly bare?: true;
  /** Structured answers it can give; both when left out. */
  readonly formats?: 'none' | 'json_object';
  /** Looks on the web for each answer, and takes few parameters. */
  readonly searches?: true;
}

const LOW_TO_HIGH = ['low', 'medium', 'high'];
const FROM_MINIMAL = ['minimal', ...LOW_TO_HIGH];
const FROM_NONE = ['none', ...LOW_TO_HIGH];
const FROM_NONE_UP = [...FROM_NONE, 'xhigh'];

const MODELS: readonly (readonly [RegExp, OpenaiModel])[] = [
  [/^text-embedding-/, { only: 'embeddings' }],
  [/^(gpt-3\.5-turbo-instruct|davinci-002|babbage-002)/, { only: 'completions' }],
  [
    /^(o1-preview|o1-mini)/,
    { reasons: true, bare: true, blind: true, efforts: [], output: 65_536, formats: 'none' },
  ],
  [
    /^(o1-pro|o3-pro|o3-deep-research|o4-mini-deep-research|codex-mini)/,
    { reasons: true, only: 'responses', output: 100_000 },
  ],
  [/^o3-mini/, { reasons: true, blind: true, efforts: LOW_TO_HIGH, output: 100_000 }],
  [/^o[134]/, { reasons: true, efforts: LOW_TO_HIGH, output: 100_000 }],
  [/^gpt-5(\.\d)?-chat/, { output: 16_384 }],
  [/^gpt-5-pro/, { reasons: true, only: 'responses', efforts: ['high'], output: 272_000 }],
  [/^gpt-5-codex/, { reasons: true, only: 'responses', efforts: LOW_TO_HIGH, output: 128_000 }],
  [/^gpt-5\.\d-(pro|codex)/, { reasons: true, only: 'responses', output: 128_000 }],
  [/^gpt-5(-mini|-nano)?(-\d{4}-\d\d-\d\d)?$/, { reasons: true, efforts: FROM_MINIMAL, output: 128_000 }],
  [/^gpt-5\.1/, { reasons: true, samplesAtRest: true, efforts: FROM_NONE, output: 128_000 }],
  [/^gpt-5\.[234]/, { reasons: true, samplesAtRest: true, efforts: FROM_NONE_UP, output: 128_000 }],
  [/^gpt-5/, { reasons: true, samplesAtRest: true }],
  [/^gpt-6/, { reasons: true, samplesAtRest: true }],
  [/^gpt-4\.1/, { output: 32_768 }],
  [/^gpt-4o(-mini)?-search-preview/, { searches: true, output: 16_384 }],
  [/^gpt-4o-2024-05-13/, { output: 4_096, formats: 'json_object' }],
  [/^(gpt-4o|chatgpt-4o)/, { output: 16_384 }],
  [/^gpt-4-turbo/, { output: 4_096, formats: 'json_object' }],
  [/^gpt-4-(1106|0125)/, { output: 4_096, formats: 'json_object', blind: true }],
  [/^gpt-4(-0\d{3})?$/, { output: 8_192, formats: 'none', blind: true }],
  [/^gpt-3\.5-turbo/, { output: 4_096, formats: 'json_object', blind: true }],
];

/** Models taken out of service. */
const RETIRED =
  /^(gpt-4-32k|gpt-4-vision-preview|gpt-4\.5-preview|text-davinci|code-davinci|gpt-3\.5-turbo-(0301|0613|16k))/;

const UNKNOWN: OpenaiModel = {};

/**
 * The row of a model; a fine-tuned one counts as the model it was made from.
 * @example openaiModel('ft:gpt-4o-mini:acme::1').output // 16384
 */
export function openaiModel(model: unknown): OpenaiModel {
  const name = baseName(model);
  return MODELS.find(([pattern]) => pattern.test(name))?.[1] ?? UNKNOWN;
}

/** Whether a model is no longer served. */
export function isRetiredOpenai(model: unknown): boolean {
  return RETIRED.test(baseName(model));
}

function baseName(model: unknown): string {
  return textOr(model).replace(/^ft:/, '');
}
