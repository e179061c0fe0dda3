import { googleField, isSdkForm, keyIn } from './google-request.js';
import { isRecord, listOf, own } from './own.js';

/**
 * Under which name a content says what it says in another API's form, where it does: `content` or `text` in the place of
 * parts, or `parts` that are a text or hold texts or typed parts.
 */
export function foreignParts(content: unknown): 'content' | 'text' | 'parts' | undefined {
  if (!isRecord(content)) return undefined;
  const parts = own(content, 'parts');
  if (parts === undefined) {
    const said = own(content, 'content');
    if (typeof said === 'string' || Array.isArray(said)) return 'content';
    return typeof own(content, 'text') === 'string' && own(content, 'role') !== undefined
      ? 'text'
      : undefined;
  }
  if (typeof parts === 'string') return 'parts';
  for (const part of listOf(parts)) {
    if (typeof part === 'string' || typeof own(part, 'type') === 'string') return 'parts';
  }
  return undefined;
}

/** Where a field of the REST body belongs that stands elsewhere, or has another API's name. */
export type Target = readonly ['request' | 'settings' | 'thinking', string];

const NAMES: readonly (readonly [name: string, others: string])[] = [
  ['temperature', ''],
  ['topP', 'top_p'],
  ['topK', 'top_k'],
  ['maxOutputTokens', 'max_output_tokens max_tokens maxTokens max_completion_tokens'],
  ['stopSequences', 'stop_sequences stop'],
  ['candidateCount', 'candidate_count n'],
  ['seed', ''],
  ['presencePenalty', 'presence_penalty'],
  ['frequencyPenalty', 'frequency_penalty'],
  ['responseMimeType', 'response_mime_type'],
  ['responseSchema', 'response_schema'],
  ['responseJsonSchema', 'response_json_schema'],
  ['responseModalities', 'response_modalities'],
  ['thinkingConfig', 'thinking_config'],
];

/** Names that stand in the request itself, whatever settings people take them for. */
const OF_REQUEST: readonly (readonly [name: string, others: string])[] = [
  ['systemInstruction', 'system_instruction system'],
  ['safetySettings', 'safety_settings'],
  ['toolConfig', 'tool_config'],
  ['cachedContent', 'cached_content'],
  ['tools', ''],
];

const OF_THINKING: readonly (readonly [name: string, others: string])[] = [
  ['thinkingBudget', 'thinking_budget'],
  ['thinkingLevel', 'thinking_level'],
  ['includeThoughts', 'include_thoughts'],
];

function spelt(
  place: Target[0],
  names: typeof NAMES,
  only: 'own' | 'others' | 'all',
): readonly (readonly [string, Target])[] {
  return names.flatMap(([name, others]) => {
    const foreign = others.split(' ').filter((other) => other !== '');
    const spellings = only === 'all' ? [name, ...foreign] : foreign.filter((other) => !isSnake(other, name));
    return spellings.map((spelling) => [spelling, [place, name]] as const);
  });
}

function isSnake(other: string, name: string): boolean {
  return other.replaceAll('_', '') === name.toLowerCase();
}

/** By the name of a field of the request itself. */
const IN_REQUEST: ReadonlyMap<string, Target> = new Map([
  ...spelt('settings', NAMES, 'all'),
  ...spelt('request', OF_REQUEST, 'others'),
  ...spelt('thinking', OF_THINKING, 'all'),
  ['reasoning_effort', ['thinking', 'thinkingLevel'] as const],
  ['response_format', ['settings', 'responseMimeType'] as const],
  ['tool_choice', ['request', 'toolConfig'] as const],
  ['parallel_tool_calls', ['request', 'toolConfig'] as const],
  ['messages', ['request', 'contents'] as const],
  ['prompt', ['request', 'contents'] as const],
]);

/** By the name of a field of its settings. */
const IN_SETTINGS: ReadonlyMap<string, Target> = new Map([
  ...spelt('settings', NAMES, 'others'),
  ...spelt('request', OF_REQUEST, 'all'),
  ...spelt('thinking', OF_THINKING, 'all'),
]);

/** A field that stands elsewhere, and where it belongs. */
export interface Misplaced {
  readonly from: readonly string[];
  readonly to: Target;
}

const NONE: readonly Misplaced[] = Object.freeze([]);

/** The fields of a REST body that stand where the API does not look for them; one shared list when there are none. */
export function misplacedFields(params: unknown): readonly Misplaced[] {
  if (isSdkForm(params) || !isRecord(params)) return NONE;
  const outside = misplacedIn(params, [], IN_REQUEST, NONE);
  const key = keyIn(params, 'generationConfig');
  const settings = own(params, key);
  return isRecord(settings) ? misplacedIn(settings, [key], IN_SETTINGS, outside) : outside;
}

function misplacedIn(
  object: Readonly<Record<string, unknown>>,
  path: readonly string[],
  targets: ReadonlyMap<string, Target>,
  found: readonly Misplaced[],
): readonly Misplaced[] {
  let next = found;
  for (const key in object) {
    const to = Object.hasOwn(object, key) ? targets.get(key) : undefined;
    if (to !== undefined) next = [...next, { from: [...path, key], to }];
  }
  return next;
}

/** True where the REST body is meant: it has a field the SDK's form has not. */
export function isRestBody(params: unknown): boolean {
  return (
    !isSdkForm(params) &&
    (googleField(params, 'generationConfig') !== undefined ||
      googleField(params, 'systemInstruction') !== undefined ||
      googleField(params, 'safetySettings') !== undefined ||
      own(params, 'tools') !== undefined)
  );
}
