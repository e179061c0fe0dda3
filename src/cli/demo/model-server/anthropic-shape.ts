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
  type Fields,
  type Shape,
} from './shape.js';

const cache_control = tagged('type', {
  ephemeral: object({ 'type!': text(), ttl: oneOf('5m 1h') }),
});

const textBlock = object({ 'type!': text(), 'text!': text(), cache_control, citations: anything });

const imageSource = tagged(
  'type',
  {
    base64: object({
      'type!': text(),
      'data!': text(),
      'media_type!': oneOf('image/jpeg image/png image/gif image/webp'),
    }),
    url: object({ 'type!': text(), 'url!': text() }),
    file: object({ 'type!': text(), 'file_id!': text() }),
  },
  true,
);

const documentSource = tagged(
  'type',
  {
    base64: object({ 'type!': text(), 'data!': text(), 'media_type!': oneOf('application/pdf') }),
    text: object({ 'type!': text(), 'data!': text(), 'media_type!': oneOf('text/plain') }),
    content: open({ 'content!': anything }),
    url: object({ 'type!': text(), 'url!': text() }),
    file: object({ 'type!': text(), 'file_id!': text() }),
  },
  true,
);

const image = object({ 'type!': text(), 'source!': imageSource, cache_control });
const document = object({
  'type!': text(),
  'source!': documentSource,
  cache_control,
  citations: anything,
  context: text(),
  title: text(),
});

/** Blocks of the server's own tools and of betas: their content is the server's business. */
const OTHERS = (
  'search_result server_tool_use web_search_tool_result web_fetch_tool_result code_execution_tool_result ' +
  'bash_code_execution_tool_result text_editor_code_execution_tool_result tool_search_tool_result container_upload ' +
  'tool_reference browser_state mcp_tool_use mcp_tool_result compaction'
).split(' ');
const others: Fields = Object.fromEntries(OTHERS.map((type) => [type, open({})]));

const ID = text({ pattern: /^[a-zA-Z0-9_-]+$/ });

const block = tagged(
  'type',
  {
    text: textBlock,
    image,
    document,
    thinking: object({ 'type!': text(), 'thinking!': text(), 'signature!': text() }),
    redacted_thinking: object({ 'type!': text(), 'data!': text() }),
    tool_use: object({
      'type!': text(),
      'id!': ID,
      'name!': text({ min: 1, max: 200 }),
      'input!': open({}),
      cache_control,
      caller: anything,
      toolset_name: anything,
    }),
    tool_result: object({
      'type!': text(),
      'tool_use_id!': ID,
      content: either(list(tagged('type', { text: textBlock, image, document, ...others }, true)), text()),
      is_error: flag,
      cache_control,
      toolset_name: anything,
    }),
    ...others,
  },
  true,
);

/**
 * The parameters of `POST /v1/messages` and their types, without what depends on the model.
 * @see https://platform.claude.com/docs/en/api/messages/create
 */
export const ANTHROPIC_SHAPE: Shape = open({
  cache_control,
  'max_tokens!': integer(0),
  'messages!': list(object({ 'role!': anything, content: either(list(block), text()) }), { max: 100_000 }),
  metadata: object({ user_id: text({ max: 256 }) }),
  'model!': text({ min: 1 }),
  output_config: open({
    effort: oneOf('low medium high xhigh max'),
    format: tagged('type', { json_schema: object({ 'type!': text(), 'schema!': open({}) }) }),
  }),
  service_tier: oneOf('auto standard_only'),
  stop_sequences: list(text({ min: 1 })),
  stream: flag,
  system: either(list(textBlock), text()),
  temperature: decimal(),
  thinking: tagged(
    'type',
    {
      enabled: object({
        'type!': text(),
        'budget_tokens!': integer(1024),
        display: oneOf('summarized omitted'),
      }),
      disabled: object({ 'type!': text() }),
      between_tools: object({ 'type!': text() }),
      adaptive: object({ 'type!': text(), display: oneOf('summarized omitted') }),
    },
    true,
  ),
  tool_choice: tagged(
    'type',
    {
      auto: object({ 'type!': text(), disable_parallel_tool_use: flag }),
      any: object({ 'type!': text(), disable_parallel_tool_use: flag }),
      tool: object({ 'type!': text(), 'name!': text(), disable_parallel_tool_use: flag }),
      none: object({ 'type!': text() }),
    },
    true,
  ),
  tools: list(open({})),
  top_k: integer(),
  top_p: decimal(),
});
