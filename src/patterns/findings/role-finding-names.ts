/** What may stand out in the order of roles, and in messages that other servers than OpenAI's look at. */
export const ROLE_FINDINGS = {
  developer_role: 'A message has the role developer.',
  late_system: 'A system or developer message stands after the conversation began.',
  several_systems: 'There is more than one system or developer message.',
  first_assistant: 'The conversation starts with the assistant.',
  last_assistant: 'The last message is the assistant’s, without a mark that it is to be continued.',
  repeated_role: 'Two user messages, or two of the assistant, follow each other.',
  user_after_tool: 'A user message follows a tool result directly.',
  empty_assistant: 'A message of the assistant holds neither text nor calls.',
  text_parts: 'A content is a list of nothing but text parts.',
  several_tool_calls: 'One message calls several tools.',
  tool_call_without_reasoning: 'A message that calls tools lacks `reasoning_content`.',
  tool_id_not_nine: 'The id of a tool call is not nine letters and digits.',
  reasoning_in_history: 'A message carries the reasoning of an earlier answer.',
  reasoning_content_in_history: 'The same, under another name than `reasoning`.',
  named_message: 'A message other than a tool result has a `name`.',
  stray_message_field: 'A message has a field that is not among those chat APIs share for its role.',
  text_arguments: 'The arguments of a tool call are a text.',
  malformed_arguments: 'The arguments of a tool call are not the JSON text of an object.',
  system_after_answer: 'A system or developer message follows one of the assistant or a tool directly.',
  last_system: 'The last message is a system or developer message, after others.',
  only_system: 'All messages are system or developer messages.',
  flat_tool_call: 'A tool call names its function beside its id, without `function` around it.',
} as const satisfies Readonly<Record<string, string>>;

/** What may stand out in the tools offered, for other servers than OpenAI's. */
export const OFFER_FINDINGS = {
  type_beside_any_of: 'A schema of a tool for Moonshot has a type beside `anyOf`.',
  stray_tool_field: 'A function is offered with a field that is not among those of chat APIs.',
  tool_without_parameters: 'A function has no `parameters`.',
  repeated_tool: 'The same tool is offered more than once.',
} as const satisfies Readonly<Record<string, string>>;

/** What may stand out in the images of Ollama. */
export const IMAGE_FINDINGS = {
  data_url_image: 'An image of Ollama’s is a data URL.',
} as const satisfies Readonly<Record<string, string>>;
