import { openaiMetadata } from './openai-chat-shape.js';
import {
  anything,
  decimal,
  either,
  flag,
  integer,
  list,
  object,
  oneOf,
  open,
  tagged,
  text,
  type Shape,
} from './shape.js';

const NAME = text({ max: 128, pattern: /^[a-zA-Z0-9_-]+$/ });
const CALL = text({ max: 64 });

const responsesTool = open({
  'type!': text(),
});

const functionTool = open({
  'type!': text(),
  'name!': NAME,
  description: text(),
  parameters: open({}),
  strict: flag,
});

const textFormat = tagged('type', {
  text: object({ 'type!': text() }),
  json_object: object({ 'type!': text() }),
  json_schema: object({
    'type!': text(),
    'name!': text({ max: 64, pattern: /^[a-zA-Z0-9_-]+$/ }),
    'schema!': open({}),
    description: text(),
    strict: flag,
  }),
});

const part = tagged('type', {
  input_text: open({ 'text!': text() }),
  input_image: open({ image_url: text(), file_id: text(), detail: oneOf('auto low high original') }),
  input_file: open({ file_id: text(), file_data: text(), file_url: text(), filename: text() }),
  input_audio: open({}),
  output_text: open({ 'text!': text() }),
  refusal: open({ 'refusal!': text() }),
  summary_text: open({ 'text!': text() }),
  reasoning_text: open({ 'text!': text() }),
  computer_screenshot: open({}),
  encrypted_content: open({}),
});

const message = open({
  'role!': oneOf('assistant system developer user'),
  'content!': either(text(), list(part)),
});

/** The items an input is made of, where what is in them is the caller's; others are read as they come. */
const ITEMS: Readonly<Record<string, Shape>> = {
  message,
  function_call: open({ 'call_id!': CALL, 'name!': text(), 'arguments!': text() }),
  function_call_output: open({ 'call_id!': CALL, 'output!': either(text(), list(part)) }),
  reasoning: open({ 'id!': text(), 'summary!': list(part) }),
};

/** One item of the input; a message needs no `type`. */
const item: Shape = {
  type: 'object',
  check(value, path) {
    const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
    const shape = typeof type === 'string' ? (ITEMS[type] ?? open({})) : message;
    return shape.check(value, path);
  },
};

/**
 * The parameters of `POST /v1/responses` and their types, without what depends on the model.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export const OPENAI_RESPONSES_SHAPE: Shape = object({
  access_programs: anything,
  background: flag,
  context_management: anything,
  conversation: anything,
  include: list(text()),
  input: either(text(), list(item)),
  instructions: text(),
  max_output_tokens: integer(16),
  max_tool_calls: integer(1),
  metadata: openaiMetadata,
  model: text(),
  moderation: anything,
  parallel_tool_calls: flag,
  previous_response_id: text({ pattern: /^resp_/ }),
  prompt: open({ 'id!': text() }),
  prompt_cache_key: text({ max: 64 }),
  prompt_cache_options: anything,
  prompt_cache_retention: oneOf('in_memory in-memory 24h'),
  reasoning: open({
    effort: oneOf('none minimal low medium high xhigh max'),
    summary: oneOf('auto concise detailed'),
    generate_summary: oneOf('auto concise detailed'),
  }),
  safety_identifier: text({ max: 128 }),
  service_tier: oneOf('auto default flex scale priority fast'),
  store: flag,
  stream: flag,
  stream_options: open({ include_obfuscation: flag }),
  temperature: decimal(0, 2),
  text: open({ format: textFormat, verbosity: oneOf('low medium high') }),
  tool_choice: either(oneOf('none auto required'), open({ 'type!': text() })),
  tools: list(responsesTool, { max: 128 }),
  top_logprobs: integer(0, 20),
  top_p: decimal(0, 1),
  truncation: oneOf('auto disabled'),
  user: text({ max: 64 }),
});

/** A function among the tools. */
export const OPENAI_FUNCTION_TOOL = functionTool;
