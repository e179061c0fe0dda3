import { given, isObject, objectOr, type Body } from '../../../src/cli/demo/model-server/rule.js';

/** What stands beside the contents in a request; the rest of the SDK's `config` is about generation. */
const BESIDE = ['systemInstruction', 'tools', 'toolConfig', 'safetySettings', 'cachedContent', 'labels'];

/** What the SDK keeps for itself. */
const OF_THE_SDK = ['httpOptions', 'abortSignal', 'automaticFunctionCalling', 'shouldReturnHttpResponse'];

/** A request in the form of the REST API; the SDK's has a `config`, and shorter ways to write contents. */
export function asRest(body: Body): Body {
  const { config, contents, ...rest } = camelNames(body);
  if (
    !isObject(config) &&
    Array.isArray(contents) &&
    contents.every((item) => isObject(item) && 'parts' in item)
  )
    return { contents, ...rest };
  const settings = objectOr(config);
  const pick = (keep: (name: string) => boolean): Body =>
    Object.fromEntries(Object.entries(settings).filter(([name, value]) => keep(name) && given(value)));
  const generationConfig = pick((name) => !BESIDE.includes(name) && !OF_THE_SDK.includes(name));
  const beside = pick((name) => BESIDE.includes(name));
  return {
    ...rest,
    ...(given(contents) && { contents: contentsOf(contents) }),
    ...beside,
    ...(given(beside['systemInstruction']) && { systemInstruction: contentOf(beside['systemInstruction']) }),
    ...(isObject(config) && { generationConfig }),
  };
}

/** Names with underlines mean the same as the others. */
function camelNames(body: Body): Body {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [camel(name), value]));
}

/** @example camel('top_p') // 'topP' */
export function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** A list of parts is one content of the user's. */
function contentsOf(value: unknown): unknown {
  if (!Array.isArray(value)) return [contentOf(value)];
  const isOne = value.length > 0 && value.every((item) => typeof item === 'string' || !isContent(item));
  return isOne ? [{ role: 'user', parts: value.map(partOf) }] : value.map(contentOf);
}

function contentOf(value: unknown): unknown {
  if (isContent(value)) return value;
  return { role: 'user', parts: Array.isArray(value) ? value.map(partOf) : [partOf(value)] };
}

function isContent(value: unknown): boolean {
  return isObject(value) && ('parts' in value || 'role' in value);
}

function partOf(value: unknown): unknown {
  return typeof value === 'string' ? { text: value } : value;
}
