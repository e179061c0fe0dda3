/** What may stand out in the order of tool calls and their results. */
export const PAIR_FINDINGS = {
  orphan_tool_result: 'A tool result answers no call of the turn before.',
  open_tool_call: 'A tool call is not answered right after.',
  displaced_tool_result: 'A tool result stands apart from the turn whose call it answers.',
  repeated_tool_result: 'A tool call is answered twice.',
} as const satisfies Readonly<Record<string, string>>;

/** What may stand out in a message of OpenAI's form, each by itself. */
export const MESSAGE_FINDINGS = {
  other_role: 'A role has the name another API or library has for it.',
  unknown_message_field: "A message has a field OpenAI's API does not know.",
  message_name: "A message's `name` is empty, too long, or has characters OpenAI refuses.",
  null_content: 'A message has no content, and nothing that speaks for it.',
  missing_content: 'A message that calls has no `content`, not even null.',
  content_not_text: 'A content is neither text nor a list of parts.',
  empty_content_list: 'A content is a list without parts.',
  other_part:
    'A content part is none of chat completions: of another API, without a type, or a link as a text.',
  call_block: 'A content part is a call, a result or thinking, as Anthropic has them.',
  image_in_other_role: 'An image stands in a message that is not of the user.',
  empty_tool_calls: 'A message has an empty list of tool calls.',
  incomplete_tool_call: 'A tool call lacks its type, or its arguments are no text.',
  called_name: 'A call in the history names a function no provider can have offered.',
  long_tool_call_id: 'The id of a tool call has more than 40 characters.',
  unnamed_tool_result: 'A tool result does not say which call it answers.',
  lone_surrogate: 'A text holds half of a surrogate pair.',
} as const satisfies Readonly<Record<string, string>>;

/** What may stand out in tools, the choice among them, and the format of the answer. */
export const TOOL_FINDINGS = {
  other_tool_shape: 'A tool is written as another API has it.',
  offered_name: 'The name of an offered tool is empty, too long, or has characters OpenAI refuses.',
  long_description: 'The description of a function has more than 1,024 characters.',
  faulty_schema:
    'A schema breaks a rule that providers check: a list without items, no type, null for a keyword.',
  root_combinator: 'The parameters of a function choose between schemas on top.',
  loose_schema: 'A schema that asks to be strict lacks what strict ones must have.',
  open_map: 'A schema that asks to be strict has an object with free keys, which none can.',
  other_format_shape: 'A schema as the response format lies where the API does not look for it.',
  other_tool_choice: 'The choice of a tool is written as another API has it.',
  absent_tool_choice: 'The choice names a tool that is not offered.',
  repeated_forced_call:
    'The choice forces a call that was just made and answered twice, with the same arguments.',
} as const satisfies Readonly<Record<string, string>>;

/** What may stand out in the other parameters of OpenAI's chat completions, completions and embeddings. */
export const PARAMETER_FINDINGS = {
  foreign_parameter: "A parameter is one of another API, which OpenAI's do not know.",
  instructions_parameter: 'Instructions stand in a parameter beside the messages.',
  number_type: 'A number is written as a text, or a whole number with a fraction.',
  long_identifier: '`user`, `safety_identifier` or `prompt_cache_key` has more than 64 characters.',
  metadata_type: 'A value of `metadata` is no text.',
  many_stops: 'There are more than four stop sequences.',
  empty_stop: 'A stop sequence is empty.',
  bias_range: 'A value of `logit_bias` lies outside of -100 to 100.',
  metadata_size:
    '`metadata` has more than 16 pairs, a key of more than 64 or a value of more than 512 characters.',
} as const satisfies Readonly<Record<string, string>>;

/** What may stand out in the length of a prompt. */
export const WINDOW_FINDINGS = {
  prompt_over_window: "The prompt alone overruns the model's window, by an estimate.",
  window_overrun: "Prompt and answer limit together overrun the model's window, by an estimate.",
} as const satisfies Readonly<Record<string, string>>;

/** What may stand out in the words of a prompt. */
export const JSON_FINDINGS = {
  json_by_words: 'Words alone ask for a JSON object and nothing else: no format, and no tool.',
} as const satisfies Readonly<Record<string, string>>;
