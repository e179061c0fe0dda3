import { OPENAI_EMBEDDING_RULES } from './openai-embeddings-rules.js';
import { openaiProvider } from './openai.js';
import type { ModelProvider } from './provider.js';
import { estimateTokens, textOr, type Body } from './rule.js';

/** Numbers in a vector when the request does not say how many; a real model has 1,536 and more. */
const DIMENSIONS = 8;

/** `POST /v1/embeddings` as OpenAI answers it. */
export const embeddingsProvider: ModelProvider = {
  ...openaiProvider,
  path: '/v1/embeddings',
  rules: OPENAI_EMBEDDING_RULES,
  json: (body) => {
    const inputs = inputsOf(body['input']);
    const tokens = inputs.reduce<number>((sum, input) => sum + estimateTokens(input), 0);
    return {
      object: 'list',
      data: inputs.map((input, index) => ({ object: 'embedding', index, embedding: embed(body, input) })),
      model: textOr(body['model']),
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    };
  },
};

/** One text or one list of token numbers is one input; a list of either is several. */
function inputsOf(input: unknown): readonly unknown[] {
  return Array.isArray(input) && typeof input[0] !== 'number' ? input : [input];
}

function embed(body: Body, input: unknown): unknown {
  const count = typeof body['dimensions'] === 'number' ? body['dimensions'] : DIMENSIONS;
  const vector = vectorOf(JSON.stringify(input), count);
  if (body['encoding_format'] !== 'base64') return vector;
  return Buffer.from(new Float32Array(vector).buffer).toString('base64');
}

/** A vector of length 1 that depends on every character. */
function vectorOf(text: string, count: number): readonly number[] {
  const sums = Array.from({ length: count }, () => 1);
  for (let index = 0; index < text.length; index += 1) {
    sums[index % count] = (sums[index % count] ?? 0) + text.charCodeAt(index);
  }
  const length = Math.hypot(...sums);
  return sums.map((sum) => Math.fround(sum / length));
}
