import { CONVERSATION_STRUCTURES } from './conversation-structures.js';
import type { Structure } from './structure.js';
import { TOOL_STRUCTURES } from './tool-structures.js';

/** Parameters that hang together. */
const PARAMETER_STRUCTURES: readonly Structure[] = [
  {
    when: /stream_options.{0,60}(?:only allowed|only be|requires?|when).{0,20}stream/i,
    repairs: ['parameters.drop_idle_stream_options'],
    match: { stream_options: { exists: true }, stream: { '!=': true } },
  },
  {
    when: /stream_options|safety_identifier|\bstore\b|\buser\b.{0,30}(?:extra|unsupported|unknown)|(?:extra|unsupported|unknown).{0,30}\buser\b/i,
    repairs: ['parameters.drop_account_fields', 'parameters.drop_chat_stream_options'],
  },
  {
    when: /(?:user|identifier|prompt_cache_key|user_id).{0,40}(?:too long|at most|maximum)/i,
    repairs: ['parameters.shorten_identifiers', 'parameters.opaque_user_id'],
  },
  {
    when: /max_tokens.{0,40}greater than.{0,20}budget_tokens|budget_tokens.{0,60}(?:1024|less than)/i,
    repairs: ['parameters.fit_thinking_budget'],
  },
  {
    when: /valid (?:integer|number)/i,
    api: 'anthropic.messages',
    repairs: ['parameters.anthropic_numbers'],
  },
  {
    when: /thinking.{0,60}adaptive/i,
    api: 'anthropic.messages',
    repairs: ['parameters.budgeted_thinking'],
  },
  { when: /max_tokens.{0,40}(?:required|missing)/i, repairs: ['parameters.default_max_tokens'] },
  { when: /logit_bias/i, repairs: ['parameters.clamp_bias'] },
  { when: /reasoning_effort.{0,60}(?:string|object|type)/i, repairs: ['parameters.effort_as_text'] },
  { when: /response_format/i, api: 'openai.chat', repairs: ['parameters.standard_format'] },
  {
    when: /(?:unknown|unrecognized|extra).{0,60}(?:system|instructions)|(?:system|instructions).{0,30}(?:unknown|extra)/i,
    api: 'openai.chat',
    repairs: ['parameters.instructions_to_messages'],
  },
  { when: /invalid model|model.{0,80}(?:not exist|not found)/i, repairs: ['parameters.plain_model'] },
  { when: /maximum context length/i, api: 'openai.embeddings', repairs: ['parameters.shorten_inputs'] },
  { when: /metadata.{0,60}(?:at most|maximum|too (?:many|long))/i, repairs: ['parameters.small_metadata'] },
  {
    when: /invalid value at|int32|scalar|stop.?sequences/i,
    api: 'google.',
    repairs: ['parameters.whole_settings', 'parameters.five_stop_sequences'],
  },
  { when: /response_format/i, api: 'openai.responses', repairs: ['parameters.move_response_format'] },
  {
    when: /unknown parameter|unsupported parameter|unrecognized/i,
    api: 'openai.responses',
    repairs: ['parameters.drop_foreign_parameters'],
  },
  { when: /logprobs/i, api: 'openai.responses', repairs: ['parameters.move_logprobs'] },
  {
    when: /encrypted.{0,20}not supported|reasoning\.encrypted_content/i,
    api: 'openai.responses',
    repairs: ['parameters.drop_reasoning_include'],
  },
  {
    when: /extra inputs are not permitted/i,
    api: 'anthropic.messages',
    repairs: ['parameters.anthropic_names'],
  },
  { when: /unknown name|cannot find field/i, api: 'google.', repairs: ['parameters.place_fields'] },
  { when: /safety|harm_category/i, api: 'google.', repairs: ['parameters.known_safety'] },
  { when: /metadata.{0,80}(?:string|type)/i, repairs: ['parameters.metadata_as_text'] },
  {
    when: /stop.{0,40}(?:empty|whitespace|too long|at most|maximum)/i,
    repairs: [
      'parameters.fewer_stops',
      'parameters.visible_stop_sequences',
      'parameters.list_stop_sequences',
      'parameters.first_stops',
    ],
  },
  {
    when: /type .{0,3}(?:integer|number)|invalid type|expected an? (?:integer|number)/i,
    repairs: ['parameters.number_types', 'parameters.number_keep_alive', 'parameters.option_types'],
  },
  { when: /input.{0,40}(?:empty|blank)/i, api: 'openai.embeddings', repairs: ['parameters.fill_inputs'] },
  {
    when: /response_format.{0,60}(?:unavailable|unsupported|not supported)|json_schema/i,
    repairs: ['parameters.schema_to_json_mode'],
  },
];

/** One line for each rule of a shape, whatever words the providers put it in. */
export const STRUCTURES: readonly Structure[] = [
  ...CONVERSATION_STRUCTURES,
  ...TOOL_STRUCTURES,
  ...PARAMETER_STRUCTURES,
];
