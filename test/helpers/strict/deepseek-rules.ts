import {
  given,
  objectOr,
  objects,
  textOr,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import { lacksJsonWord, openCall, orphanResult, refuse } from './compatible-parts.js';

const ROLES = ['system', 'user', 'assistant', 'tool'];
const MOST_TOKENS = 393_216;

/**
 * What DeepSeek insists on.
 * @see https://api-docs.deepseek.com/api/create-chat-completion
 */
export const DEEPSEEK_RULES: readonly Rule[] = [
  { id: 'roles', check: roles },
  { id: 'text-only', check: textOnly },
  { id: 'ranges', check: ranges },
  { id: 'response-format', check: responseFormat },
  { id: 'calls', check: calls },
  { id: 'tools', check: tools },
  { id: 'thinking-tool-choice', check: thinkingToolChoice },
  {
    id: 'logprobs',
    check: ({ logprobs, top_logprobs }) =>
      given(top_logprobs) && logprobs !== true
        ? refuse('Invalid top_logprobs value, logprobs must be true when top_logprobs is set')
        : undefined,
  },
  {
    id: 'stream-options',
    check: ({ stream, stream_options }) =>
      given(stream_options) && stream !== true
        ? refuse('stream_options should be set along with stream = true')
        : undefined,
  },
];

function deserialize(what: string): Refusal {
  return refuse(`Failed to deserialize the JSON body into the target type: ${what}`, 422);
}

function roles({ messages }: Body): Refusal | undefined {
  const at = objects(messages).findIndex(({ role }) => !ROLES.includes(textOr(role)));
  if (at < 0) return undefined;
  const role = textOr(objects(messages)[at]?.['role']);
  return deserialize(
    `messages[${at}].role: unknown variant \`${role}\`, expected one of \`system\`, \`user\`, \`assistant\`, \`tool\``,
  );
}

function textOnly({ messages }: Body): Refusal | undefined {
  for (const [at, { content }] of objects(messages).entries()) {
    const odd = objects(content).find(({ type }) => type !== 'text');
    if (odd)
      return deserialize(`messages[${at}]: unknown variant \`${textOr(odd['type'])}\`, expected \`text\``);
  }
  return undefined;
}

function ranges({
  max_tokens,
  temperature,
  top_p,
  presence_penalty,
  frequency_penalty,
  stop,
}: Body): Refusal | undefined {
  const say = (name: string, range: string): Refusal =>
    refuse(`Invalid ${name} value, the valid range of ${name} is ${range}`);
  if (typeof max_tokens === 'number' && (max_tokens < 1 || max_tokens > MOST_TOKENS))
    return say('max_tokens', `[1, ${MOST_TOKENS}]`);
  if (typeof temperature === 'number' && (temperature < 0 || temperature > 2))
    return say('temperature', '[0, 2.0]');
  if (typeof top_p === 'number' && (top_p <= 0 || top_p > 1)) return say('top_p', '(0, 1.0]');
  if (typeof presence_penalty === 'number' && Math.abs(presence_penalty) > 2)
    return say('presence_penalty', '[-2, 2]');
  if (typeof frequency_penalty === 'number' && Math.abs(frequency_penalty) > 2)
    return say('frequency_penalty', '[-2, 2]');
  return Array.isArray(stop) && stop.length > 16
    ? refuse('Invalid stop value, at most 16 stop sequences are supported')
    : undefined;
}

function responseFormat(body: Body): Refusal | undefined {
  if (objectOr(body['response_format'])['type'] === 'json_schema')
    return refuse('This response_format type is unavailable now');
  return lacksJsonWord(body)
    ? refuse(
        "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'.",
      )
    : undefined;
}

function calls(body: Body): Refusal | undefined {
  if (orphanResult(body) >= 0)
    return refuse("Messages with role 'tool' must be a response to a preceding message with 'tool_calls'");
  return openCall(body)
    ? refuse(
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. (insufficient tool messages following tool_calls message)",
      )
    : undefined;
}

function tools({ tools: list }: Body): Refusal | undefined {
  const at = objects(list).findIndex(
    (tool) => !/^[a-zA-Z0-9_-]{1,64}$/.test(textOr(objectOr(tool['function'])['name'])),
  );
  if (at >= 0)
    return refuse(
      `Invalid 'tools[${at}].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    );
  return Array.isArray(list) && list.length > 128
    ? refuse(
        `Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length ${list.length} instead.`,
      )
    : undefined;
}

/** The models of the fourth generation think unless told not to. */
function thinkingToolChoice({ model, thinking, tool_choice: choice }: Body): Refusal | undefined {
  const isForced = choice === 'required' || given(objectOr(choice)['function']);
  const thinks = /reasoner|v4/.test(textOr(model)) && objectOr(thinking)['type'] !== 'disabled';
  return isForced && thinks ? refuse('Thinking mode does not support this tool_choice') : undefined;
}
