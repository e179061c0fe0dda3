import { CHAT_FINDINGS } from './chat-finding-names.js';
import { RESPONSES_FINDINGS } from './responses-finding-names.js';
import { BLOCK_FINDINGS } from './block-finding-names.js';
import { GOOGLE_FINDINGS } from './google-finding-names.js';

/**
 * What may stand out in a request, by name: a fact about its shape, which some providers refuse and others take. A pattern
 * says which: `facts.findings: { contains: open_tool_call }` beside a `provider` or a `model`.
 */
export const FINDINGS = {
  orphan_tool_result: 'A tool result answers no call of the turn before.',
  open_tool_call: 'A tool call is not answered right after.',
  ...CHAT_FINDINGS,
  ...RESPONSES_FINDINGS,
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
  incomplete_tool_call: 'A tool call lacks its type, or names its function beside it.',
  tool_call_without_content: 'A message that calls tools has no `content`, not even null.',
  data_url_image: 'An image of Ollama’s is a data URL.',
  flat_tool: 'A function is offered in the form of another API, without `function` around it.',
  stray_tool_field: 'A function is offered with a field that is not among those of chat APIs.',
  tool_without_parameters: 'A function has no `parameters`.',
  repeated_tool: 'The same tool is offered more than once.',
  ...BLOCK_FINDINGS,
  ...GOOGLE_FINDINGS,
} as const satisfies Readonly<Record<string, string>>;

/** Name of a finding. */
export type FindingName = keyof typeof FINDINGS;
