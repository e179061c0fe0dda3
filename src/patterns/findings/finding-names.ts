/**
 * What may stand out in a request, by name: a fact about its shape, which some providers refuse and others take. A pattern
 * says which: `facts.findings: { contains: open_tool_call }` beside a `provider` or a `model`.
 */
export const FINDINGS = {
  orphan_tool_result: 'A tool result answers no call of the turn before.',
  open_tool_call: 'A tool call is not answered right after.',
  chat_shape_in_input: 'Responses: `input` holds messages or parts in the shape of another API.',
  chat_shape_in_tools: 'Responses: tools or `tool_choice` have the shape of another API.',
  chat_format: 'Responses: `text.format` has the shape of another API, or a name that is refused.',
  forced_tool_without_tools: 'A tool must be called, and none is offered.',
  foreign_item_field: 'Responses: an item or one of its parts has a field the API does not know.',
  refused_item_id: 'Responses: an id is empty, too long, or not one of its type.',
  refused_call_id: 'Responses: a call id is missing, empty or longer than 64 characters.',
  call_data_of_wrong_type: 'Responses: arguments or an output are no text.',
  duplicate_item: 'Responses: two items have one id.',
  orphan_reasoning: 'Responses: reasoning is not followed by what it led to.',
  unstored_reasoning: 'Responses: reasoning is neither stored nor encrypted.',
  unstored_reference: 'Responses: an item is only named, and nothing is stored.',
  item_without_reasoning: 'Responses: an item has an id, and no reasoning before it in its turn.',
  json_unmentioned: 'JSON mode is asked for, and the messages do not hold the word.',
  displaced_tool_result: 'A tool result stands apart from the turn whose call it answers.',
  repeated_tool_result: 'A tool call is answered twice.',
  other_role: 'A role has the name another API or library has for it.',
  unknown_message_field: "A message has a field OpenAI's API does not know.",
  message_name: "A message's `name` is empty, too long, or has characters OpenAI refuses.",
  null_content: 'A message has no content, and nothing that speaks for it.',
  missing_content: 'A message that calls has no `content`, not even null.',
  content_not_text: 'A content is neither text nor a list of parts.',
  empty_content_list: 'A content is a list without parts.',
  other_part:
    'A content part is none of chat completions: of another API, without a type, or a link as a text.',
  image_in_other_role: 'An image stands in a message that is not of the user.',
  empty_tool_calls: 'A message has an empty list of tool calls.',
  incomplete_tool_call: 'A tool call lacks its type, or its arguments are no text.',
  called_name: 'A call in the history names a function no provider can have offered.',
  long_tool_call_id: 'The id of a tool call has more than 40 characters.',
  other_tool_shape: 'A tool is written as another API has it.',
  offered_name: 'The name of an offered tool is empty, too long, or has characters OpenAI refuses.',
  long_description: 'The description of a function has more than 1,024 characters.',
  faulty_schema:
    'A schema breaks a rule that providers check: a list without items, no type, null for a keyword.',
  root_combinator: 'The parameters of a function choose between schemas on top.',
  loose_schema: 'A schema that asks to be strict lacks what strict ones must have.',
  open_map: 'A schema that asks to be strict has an object with free keys, which none can.',
  other_tool_choice: 'The choice of a tool is written as another API has it.',
  absent_tool_choice: 'The choice names a tool that is not offered.',
  repeated_forced_call:
    'The choice forces a call that was just made and answered twice, with the same arguments.',
  foreign_parameter: "A parameter is one of another API, which OpenAI's do not know.",
  instructions_parameter: 'Instructions stand in a parameter beside the messages.',
  number_type: 'A number is written as a text, or a whole number with a fraction.',
  long_identifier: '`user`, `safety_identifier` or `prompt_cache_key` has more than 64 characters.',
  metadata_type: 'A value of `metadata` is no text.',
  many_stops: 'There are more than four stop sequences.',
  empty_stop: 'A stop sequence is empty.',
  window_overrun: "Prompt and answer limit together overrun the model's window, by a low estimate.",
} as const satisfies Readonly<Record<string, string>>;

/** Name of a finding. */
export type FindingName = keyof typeof FINDINGS;
