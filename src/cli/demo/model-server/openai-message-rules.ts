import { openaiModel } from './openai-models.js';
import { emptyArray, openaiRefusal } from './openai-refusal.js';
import { given, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

const IMAGE_TYPES = /^data:image\/(png|jpe?g|gif|webp)[;,]/;

/** What OpenAI insists on in `messages`. */
export const OPENAI_MESSAGE_RULES: readonly Rule[] = [
  { id: 'messages-required', check: messagesRequired },
  { id: 'messages-empty', check: ({ messages }) => (isEmpty(messages) ? emptyArray('messages') : undefined) },
  { id: 'content', check: eachMessage(content) },
  { id: 'images', check: eachMessage(images) },
  { id: 'image-model', check: imageModel },
  { id: 'orphan-tool-message', check: orphanToolMessage },
  { id: 'tool-call-unanswered', check: toolCallUnanswered },
  { id: 'json-word', check: jsonWord },
];

/** Checks one message; `path` is its place, e.g. `messages[2]`. */
type MessageCheck = (message: Body, path: string) => Refusal | undefined;

function eachMessage(check: MessageCheck) {
  return ({ messages }: Body): Refusal | undefined => {
    for (const [index, message] of objects(messages).entries()) {
      const refusal = check(message, `messages[${index}]`);
      if (refusal) return refusal;
    }
    return undefined;
  };
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function messagesRequired({ messages }: Body): Refusal | undefined {
  if (!given(messages)) {
    return openaiRefusal("Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter');
  }
  if (Array.isArray(messages)) return undefined;
  const message = `Invalid type for 'messages': expected an array of objects, but got a ${typeof messages} instead.`;
  return openaiRefusal(message, 'messages', 'invalid_type');
}

function content(message: Body, path: string): Refusal | undefined {
  const { content: value, tool_calls, function_call, role: author } = message;
  if (typeof value === 'string' || (Array.isArray(value) && value.length > 0)) return undefined;
  if (author === 'assistant' && (given(tool_calls) || given(function_call))) return undefined;
  if (Array.isArray(value)) return emptyArray(`${path}.content`);
  const received = value === undefined || value === null ? 'null' : `a ${typeof value}`;
  const text = `Invalid value for 'content': expected a string, got ${received}.`;
  return openaiRefusal(text, `${path.replace('[', '.[')}.content`, null);
}

/** Pictures come by an address or as data of a few types. */
function images({ content: parts }: Body, path: string): Refusal | undefined {
  for (const [index, { image_url }] of objects(parts).entries()) {
    const url = objectOr(image_url)['url'];
    if (typeof url !== 'string' || /^https?:/i.test(url) || IMAGE_TYPES.test(url)) continue;
    const place = `${path}.content[${index}].image_url.url`;
    return url.startsWith('data:')
      ? openaiRefusal('Invalid MIME type. Only image types are supported.', place, 'invalid_image_format')
      : openaiRefusal(
          `Invalid '${place}'. Expected a valid URL, but got a value with an invalid format.`,
          place,
          'invalid_value',
        );
  }
  return undefined;
}

function imageModel({ model, messages }: Body): Refusal | undefined {
  if (!openaiModel(model).blind) return undefined;
  const at = objects(messages).findIndex(({ content: parts }) =>
    objects(parts).some(({ type }) => type === 'image_url'),
  );
  if (at < 0) return undefined;
  const text = 'Invalid content type. image_url is only supported by certain models.';
  return openaiRefusal(text, `messages.[${at}].content`, null);
}

function callIds(message: Body): readonly string[] {
  return objects(message['tool_calls']).map((call) => textOr(call['id']));
}

function orphanToolMessage({ messages }: Body): Refusal | undefined {
  const list = objects(messages);
  const orphan = list.findIndex((message, index) => {
    if (message['role'] !== 'tool') return false;
    const asker = list.slice(0, index).findLast((earlier) => earlier['role'] !== 'tool');
    return !asker || !callIds(asker).includes(textOr(message['tool_call_id']));
  });
  if (orphan < 0) return undefined;
  const text =
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
  return openaiRefusal(text, `messages.[${orphan}].role`, null);
}

function toolCallUnanswered({ messages }: Body): Refusal | undefined {
  const list = objects(messages);
  for (const [index, message] of list.entries()) {
    const missing = unanswered(message, list.slice(index + 1));
    if (missing.length === 0) continue;
    const text =
      "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${missing.join(', ')}`;
    return openaiRefusal(text, `messages.[${index + 1}].role`, null);
  }
  return undefined;
}

function unanswered(message: Body, later: readonly Body[]): readonly string[] {
  const end = later.findIndex((next) => next['role'] !== 'tool');
  const answers = (end < 0 ? later : later.slice(0, end)).map((answer) => answer['tool_call_id']);
  return callIds(message).filter((id) => !answers.includes(id));
}

function jsonWord({ messages, response_format }: Body): Refusal | undefined {
  if (objectOr(response_format)['type'] !== 'json_object') return undefined;
  if (/json/i.test(JSON.stringify(messages))) return undefined;
  const text =
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
  return openaiRefusal(text, 'messages', null);
}
