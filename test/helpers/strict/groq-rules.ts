import {
  given,
  objectOr,
  objects,
  textOr,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import { lacksJsonWord, refuse } from './compatible-parts.js';

const PARAMETERS = new Set(
  (
    'citation_options compound_custom disable_tool_validation documents exclude_domains frequency_penalty function_call functions ' +
    'include_domains include_reasoning logit_bias logprobs max_completion_tokens max_tokens messages metadata model n ' +
    'parallel_tool_calls presence_penalty reasoning_effort reasoning_format response_format search_settings seed service_tier stop ' +
    'store stream stream_options temperature tool_choice tools top_logprobs top_p user'
  ).split(' '),
);

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  system: ['role', 'content', 'name'],
  developer: ['role', 'content', 'name'],
  user: ['role', 'content', 'name'],
  assistant: ['role', 'content', 'name', 'tool_calls', 'function_call', 'reasoning'],
  tool: ['role', 'content', 'tool_call_id', 'name'],
  function: ['role', 'content', 'name'],
};

const RANGES: readonly (readonly [name: string, min: number, max: number])[] = [
  ['temperature', 0, 2],
  ['top_p', 0, 1],
  ['presence_penalty', -2, 2],
  ['frequency_penalty', -2, 2],
  ['n', 1, 1],
];

/**
 * What Groq insists on.
 * @see https://console.groq.com/docs/openai
 */
export const GROQ_RULES: readonly Rule[] = [
  { id: 'parameters', check: parameters },
  { id: 'ranges', check: ranges },
  { id: 'not-supported', check: notSupported },
  { id: 'message-fields', check: messageFields },
  { id: 'instructions', check: instructions },
  {
    id: 'json-word',
    check: (body) =>
      lacksJsonWord(body)
        ? refuse(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
          )
        : undefined,
  },
  { id: 'json-tools', check: jsonTools },
  { id: 'reasoning', check: reasoning },
];

function parameters(body: Body): Refusal | undefined {
  const odd = Object.keys(body).find((name) => !PARAMETERS.has(name));
  return odd === undefined ? undefined : refuse(`property '${odd}' is unsupported`);
}

function ranges(body: Body): Refusal | undefined {
  for (const [name, min, max] of RANGES) {
    const value = body[name];
    if (!given(value)) continue;
    if (typeof value !== 'number') return refuse(`'${name}' : value must be a number`);
    if (value > max) return refuse(`'${name}' : number must be at most ${max}`);
    if (value < min) return refuse(`'${name}' : number must be at least ${min}`);
  }
  const { stop } = body;
  return Array.isArray(stop) && stop.length > 4 ? refuse("'stop' : maximum number of items is 4") : undefined;
}

function notSupported(body: Body): Refusal | undefined {
  const name = ['logit_bias', 'logprobs', 'top_logprobs'].find(
    (key) => given(body[key]) && body[key] !== false,
  );
  return name === undefined ? undefined : refuse(`\`${name}\` is not supported with this model`);
}

function messageFields({ messages }: Body): Refusal | undefined {
  for (const [at, message] of objects(messages).entries()) {
    const role = textOr(message['role']);
    const known = FIELDS[role];
    if (!known) return refuse(`'messages.${at}' : discriminator property 'role' has invalid value`);
    const odd = Object.keys(message).find((name) => !known.includes(name));
    if (odd !== undefined)
      return refuse(
        `'messages.${at}' : for 'role:${role}' the following must be satisfied[('messages.${at}' : property '${odd}' is unsupported)]`,
      );
  }
  return undefined;
}

/** Instructions are a text, not parts. */
function instructions({ messages }: Body): Refusal | undefined {
  const at = objects(messages).findIndex(
    ({ role, content }) =>
      role === 'system' && Array.isArray(content) && objects(content).some(({ type }) => type !== 'text'),
  );
  return at < 0
    ? undefined
    : refuse(
        `'messages.${at}' : for 'role:system' the following must be satisfied[('messages.${at}.content' : value must be a string)]`,
      );
}

function jsonTools({ tools, response_format }: Body): Refusal | undefined {
  return objectOr(response_format)['type'] === 'json_object' && objects(tools).length > 0
    ? refuse('json mode cannot be combined with tool/function calling')
    : undefined;
}

function reasoning({
  model,
  reasoning_effort: effort,
  reasoning_format: format,
  include_reasoning: include,
}: Body): Refusal | undefined {
  const name = textOr(model);
  if (given(format) && given(include))
    return refuse('cannot specify both `include_reasoning` and `reasoning_format`');
  if (!given(effort)) return undefined;
  if (/qwen3/.test(name) && !['none', 'default'].includes(textOr(effort)))
    return refuse('`reasoning_effort` must be one of `none` or `default`');
  if (/gpt-oss/.test(name) && !['low', 'medium', 'high'].includes(textOr(effort)))
    return refuse('`reasoning_effort` must be one of `low`, `medium`, or `high`');
  return /llama|kimi|gemma/.test(name)
    ? refuse('`reasoning_effort` is not supported with this model')
    : undefined;
}
