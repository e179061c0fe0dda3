import type { Attributes } from '@opentelemetry/api';
import { OPENAI } from '../../contract/names.js';
import type { ResponseFacts } from './adapter.js';
import { noteModality } from './modality-tokens.js';
import { integer, isRecord, put, record, text, type UnknownRecord } from './shape.js';

const MODALITIES = [
  ['text', 'text_tokens'],
  ['image', 'image_tokens'],
  ['audio', 'audio_tokens'],
] as const;

/** Reads what every answer of OpenAI's begins with: id, model, service tier and fingerprint. */
export function readEnvelope(body: UnknownRecord, facts: ResponseFacts): void {
  const tier = text(body['service_tier']);
  const fingerprint = text(body['system_fingerprint']);
  facts.id = text(body['id']);
  facts.model = text(body['model']);
  if (tier === undefined && fingerprint === undefined) return;
  facts.extra = {};
  put(facts.extra, OPENAI.responseServiceTier, tier);
  put(facts.extra, OPENAI.responseSystemFingerprint, fingerprint);
}

/** Reads the usage of chat completions, legacy completions and embeddings. */
export function readUsage(usage: unknown, facts: ResponseFacts): void {
  if (!isRecord(usage)) return;
  facts.inputTokens = integer(usage['prompt_tokens']);
  facts.outputTokens = integer(usage['completion_tokens']);
  const input = record(usage['prompt_tokens_details']);
  const output = record(usage['completion_tokens_details']);
  facts.cacheReadTokens = integer(input['cached_tokens']);
  facts.reasoningTokens = integer(output['reasoning_tokens']);
  for (const [modality, field] of MODALITIES) {
    noteModality(facts, modality, 'input', input[field]);
    noteModality(facts, modality, 'output', output[field]);
  }
}

/** Writes the service tier asked for; the conventions leave the default out. */
export function putServiceTier(params: UnknownRecord, attributes: Attributes): void {
  const tier = text(params['service_tier']);
  if (tier !== 'auto') put(attributes, OPENAI.requestServiceTier, tier);
}

/** `gen_ai.output.type` of a `response_format` or of `text.format`. */
export function outputType(format: unknown): string | undefined {
  const { type } = record(format);
  if (type === 'json_schema' || type === 'json_object') return 'json';
  return type === 'text' ? 'text' : undefined;
}
