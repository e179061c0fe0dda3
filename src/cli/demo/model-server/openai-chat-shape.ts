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
  record,
  tagged,
  text,
  type Shape,
} from './shape.js';

const NAME = text({ max: 64, pattern: /^[a-zA-Z0-9_-]+$/ });
const AUTHOR = text({ max: 64, pattern: /^[^\s<|\\/>]+$/ });

const textPart = open({ 'type!': text(), 'text!': text() });
const imagePart = open({
  'type!': text(),
  'image_url!': open({ 'url!': text(), detail: oneOf('auto low high original') }),
});
const audioPart = open({
  'type!': text(),
  'input_audio!': open({ 'data!': text(), 'format!': oneOf('wav mp3') }),
});
const filePart = open({
  'type!': text(),
  'file!': open({ file_data: text(), file_id: text(), filename: text() }),
});
const refusalPart = open({ 'type!': text(), 'refusal!': text() });

function content(parts: Readonly<Record<string, Shape>>): Shape {
  return either(text(), list(tagged('type', parts), { min: 1 }));
}

const textOnly = content({ text: textPart });

const functionCall = open({ 'name!': NAME, 'arguments!': text() });
const toolCall = tagged('type', {
  function: open({ 'id!': text({ max: 40 }), 'function!': functionCall }),
  custom: open({ 'id!': text({ max: 40 }), 'custom!': open({ 'name!': text(), 'input!': text() }) }),
});

const messages = list(
  tagged('role', {
    system: open({ content: textOnly, name: AUTHOR }),
    assistant: open({
      content: content({ text: textPart, refusal: refusalPart }),
      name: AUTHOR,
      refusal: text(),
      tool_calls: list(toolCall, { min: 1 }),
      function_call: functionCall,
      audio: open({ 'id!': text() }),
    }),
    user: open({
      content: content({ text: textPart, image_url: imagePart, input_audio: audioPart, file: filePart }),
      name: AUTHOR,
    }),
    function: open({ 'name!': AUTHOR }),
    tool: open({ content: textOnly, 'tool_call_id!': text() }),
    developer: open({ content: textOnly, name: AUTHOR }),
  }),
  { max: 2048 },
);

const functionShape = open({
  'name!': NAME,
  description: text({ max: 1024 }),
  parameters: open({}),
  strict: flag,
});

const tools = list(
  tagged('type', {
    function: open({ 'function!': functionShape }),
    custom: open({ 'custom!': open({ 'name!': text(), description: text(), format: open({}) }) }),
  }),
  { min: 1, max: 128 },
);

const toolChoice = either(
  oneOf('none auto required'),
  tagged('type', {
    function: open({ 'function!': open({ 'name!': text() }) }),
    custom: open({ 'custom!': open({ 'name!': text() }) }),
    allowed_tools: open({
      'allowed_tools!': open({ 'mode!': oneOf('auto required'), 'tools!': list(open({})) }),
    }),
  }),
);

const responseFormat = tagged('type', {
  text: object({ 'type!': text() }),
  json_object: object({ 'type!': text() }),
  json_schema: object({
    'type!': text(),
    'json_schema!': object({ 'name!': NAME, description: text(), 'schema!': open({}), strict: flag }),
  }),
});

/** A text of up to 512 characters under a name of up to 64, sixteen times at most. */
export const openaiMetadata: Shape = record(text({ max: 512 }), { keys: 16, name: 64 });

/**
 * The parameters of `POST /v1/chat/completions` and their types, without what depends on the model.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export const OPENAI_CHAT_SHAPE: Shape = open({
  audio: open({ 'format!': oneOf('wav aac mp3 flac opus pcm16'), 'voice!': anything }),
  frequency_penalty: decimal(-2, 2),
  function_call: either(oneOf('none auto'), open({ 'name!': text() })),
  functions: list(functionShape, { min: 1, max: 128 }),
  logit_bias: record(decimal(-100, 100)),
  logprobs: flag,
  max_completion_tokens: integer(1),
  messages,
  metadata: openaiMetadata,
  modalities: list(oneOf('text audio')),
  n: integer(1, 128),
  parallel_tool_calls: flag,
  prediction: open({ 'type!': oneOf('content'), 'content!': anything }),
  presence_penalty: decimal(-2, 2),
  prompt_cache_key: text({ max: 64 }),
  prompt_cache_retention: oneOf('in_memory in-memory 24h'),
  reasoning_effort: oneOf('none minimal low medium high xhigh max'),
  response_format: responseFormat,
  safety_identifier: text({ max: 128 }),
  seed: integer(),
  service_tier: oneOf('auto default flex scale priority fast'),
  stop: either(text(), list(text(), { max: 4 })),
  store: flag,
  stream: flag,
  stream_options: open({ include_usage: flag, include_obfuscation: flag }),
  temperature: decimal(0, 2),
  tool_choice: toolChoice,
  tools,
  top_logprobs: integer(0, 20),
  top_p: decimal(0, 1),
  user: text({ max: 64 }),
  verbosity: oneOf('low medium high'),
  web_search_options: open({ search_context_size: oneOf('low medium high') }),
});
