import type { Structure } from './structure.js';

/** Calls and their results. */
const PAIRING: readonly Structure[] = [
  {
    when: /function (?:call|response) turn comes immediately|function response parts is equal|not the same number of function/i,
    repairs: ['messages.pair_turns'],
  },
  {
    when: /tool_use. ids were found without|tool_calls?.{0,40}must be followed by|did not have response messages|no tool output found|toolresult.{0,60}(?:missing|expected|were found)|expected toolresult|insufficient tool messages|not the same number of function calls/i,
    repairs: ['messages.gather_tool_results messages.answer_open_tool_calls'],
  },
  {
    when: /unexpected .{0,3}tool_use_id|must have a corresponding .{0,3}tool_use|role .{0,3}tool.{0,3} must be a response|no tool call found for|unexpected role .{0,3}tool|tool_call_id.{0,40}not found|number of toolresult blocks.{0,60}exceeds/i,
    repairs: ['messages.gather_tool_results messages.drop_orphan_tool_results'],
  },
  {
    when: /tool_result.{0,60}(?:first|before)|tool results? must (?:come|be) (?:first|before)/i,
    repairs: ['messages.tool_results_first'],
  },
  {
    when: /single result|multiple .{0,3}tool_result|duplicate.{0,20}tool_(?:call|use|result)/i,
    repairs: ['messages.merge_tool_results'],
  },
  { when: /thought_?signature/i, repairs: ['messages.sign_calls'] },
  {
    when: /was provided without its required|required following item|items are not persisted|item .{0,60}not found/i,
    api: 'openai.responses',
    repairs: ['messages.drop_stray_reasoning messages.drop_unreasoned_ids', 'messages.drop_item_references'],
  },
  {
    when: /expected an id that begins with|call_id.{0,40}(?:empty|too long)|input\[\d+\]\.id/i,
    api: 'openai.responses',
    repairs: ['messages.repair_item_ids'],
  },
  { when: /duplicate item/i, api: 'openai.responses', repairs: ['messages.drop_duplicate_items'] },
];

/** Calls whose form is not that of the API. */
const CALLS: readonly Structure[] = [
  {
    when: /tool_call_id.{0,40}(?:required|missing)|missing.{0,40}tool_call_id/i,
    repairs: ['messages.complete_tool_results'],
  },
  {
    when: /tool_calls.{0,80}\bfunction\b/i,
    repairs: ['messages.nest_tool_calls', 'messages.complete_tool_calls'],
  },
  {
    when: /(?:single|one) tool.?call|multiple tool.?calls|parallel tool.?calls?.{0,30}not supported/i,
    repairs: ['messages.split_tool_calls'],
  },
  {
    when: /function_?(?:call|response)|struct/i,
    api: 'google.',
    repairs: ['messages.complete_calls'],
  },
  {
    when: /summary|reasoning.{0,40}required/i,
    api: 'openai.responses',
    repairs: ['messages.complete_reasoning'],
  },
  {
    when: /(?:final|last).{0,40}thinking/i,
    api: 'anthropic.messages',
    repairs: ['messages.drop_last_thinking'],
  },
];

/** Who speaks, and in which order. */
const ROLES: readonly Structure[] = [
  {
    when: /must alternate|should be alternating|alternat(?:e|ing).{0,40}(?:user|assistant|roles)|consecutive (?:user|assistant)|unexpected role .{0,3}user.{0,3} after role .{0,3}tool/i,
    repairs: ['messages.merge_repeated_roles messages.start_with_user', 'messages.acknowledge_results'],
  },
  {
    when: /(?:first|start|begin).{0,30}(?:with|must|use|be).{0,20}user|must start with a user/i,
    repairs: ['messages.start_with_user'],
  },
  { when: /expected last role user or tool|prefix true/i, repairs: ['messages.mark_prefix'] },
  {
    when: /prefill|must end with a user|last (?:message|role|turn).{0,40}(?:must|should|user)|expected last role/i,
    repairs: ['messages.end_with_user messages.ask_to_go_on'],
  },
  {
    when: /unexpected role .{0,3}(?:system|developer)|system messages? (?:must|should|can only) be (?:at the )?(?:first|beginning|start)|roles must be either .{0,3}user.{0,12}assistant/i,
    repairs: [
      'messages.hoist_system',
      'messages.hoist_misplaced',
      'messages.merge_system',
      'messages.fold_system',
    ],
  },
  {
    when: /(?:system (?:role|message|prompt|instruction)s?|developer instruction).{0,20}(?:not supported|not enabled|unsupported)|n.t support (?:the )?system|does not support system/i,
    repairs: [
      'messages.system_to_user',
      'messages.system_blocks_to_user',
      'messages.fold_system',
      'messages.instructions_as_user',
    ],
  },
  { when: /does not support .{0,3}(?:system|developer)/i, repairs: ['messages.instructions_as_user'] },
  { when: /developer/i, repairs: ['messages.developer_to_system'] },
  {
    when: /valid role|invalid role|unknown role|role.{0,30}(?:one of|must be)/i,
    repairs: ['messages.known_roles', 'messages.standard_roles'],
  },
];

/** What the messages hold. */
const CONTENT: readonly Structure[] = [
  {
    when: /messages.{0,12}\.name\b.{0,80}(?:pattern|too long|empty|characters)/i,
    repairs: ['messages.refer_by_name'],
  },
  {
    when: /content.{0,60}(?:type|part)|invalid value.{0,80}(?:supported values|expected)/i,
    api: 'openai.chat',
    repairs: ['messages.standard_parts', 'messages.calls_from_blocks'],
  },
  { when: /base64/i, api: 'ollama.', repairs: ['messages.strip_data_urls'] },
  { when: /unknown name .{0,3}(?:messages|content)/i, api: 'google.', repairs: ['messages.to_contents'] },
  { when: /trailing whitespace/i, repairs: ['messages.trim_final_assistant'] },
  {
    when: /cannot be empty when status|tool_?result.{0,60}(?:empty|content)/i,
    repairs: ['messages.shape_tool_results'],
  },
  {
    when: /must have either content or tool_calls|content or tool calls must be set/i,
    repairs: ['messages.drop_empty_assistant'],
  },
  {
    when: /non-empty content|text content blocks must|empty text blocks|is blank|is empty|content.{0,40}(?:must|cannot|can.t|should).{0,30}(?:empty|blank)|content.{0,20}required|parts.{0,20}must not be empty|expected a string, got null|null content|whitespace|required oneof field .data|contents is not specified/i,
    repairs: ['messages.name_content', 'messages.drop_empty', 'messages.fill_content', 'messages.ask_system'],
  },
  {
    when: /invalid type: sequence, expected a string|content.{0,30}(?:must be|should be) a (?:valid )?string|value must be a string|content must be string|str type expected/i,
    repairs: ['messages.join_text_parts', 'messages.content_as_text'],
  },
  { when: /tool_calls.{0,30}(?:empty array|too short)/i, repairs: ['messages.drop_empty_tool_calls'] },
  { when: /only allowed for messages with role .{0,3}user/i, repairs: ['messages.images_to_user'] },
  {
    when: /supported values are: .{0,3}input_text|content type|tool_calls|tool_call_id|role/i,
    api: 'openai.responses',
    repairs: ['messages.convert_chat_input'],
  },
  {
    when: /unknown parameter: .{0,3}input/i,
    api: 'openai.responses',
    repairs: ['messages.drop_foreign_fields'],
  },
  {
    when: /surrogate|invalid unicode|not valid json|utf-?8|could not parse the json/i,
    repairs: ['messages.well_formed'],
  },
  {
    when: /reasoning_content/i,
    repairs: ['messages.add_reasoning_content', 'messages.drop_reasoning_content', 'messages.drop_reasoning'],
  },
  {
    when: /maximum of \d blocks with cache_control|cache_control.{0,40}(?:at most|maximum|more than)/i,
    repairs: ['messages.limit_cache_marks'],
  },
  { when: /ttl/i, api: 'anthropic.messages', repairs: ['messages.shorten_late_cache'] },
  {
    when: /image was specified using|media.?type|mime.?type/i,
    repairs: ['messages.true_media_types', 'messages.clean_media'],
  },
  { when: /first block must be .{0,3}thinking/i, repairs: ['messages.thinking_first'] },
  { when: /signature/i, api: 'anthropic.messages', repairs: ['messages.drop_unsigned_thinking'] },
  {
    when: /input should be a valid dictionary|arguments.{0,40}(?:object|dictionary|mapping)/i,
    repairs: ['messages.object_tool_inputs', 'messages.parse_arguments', 'messages.write_arguments'],
  },
  {
    when: /arguments.{0,40}(?:string|str|json)\b|output.{0,40}(?:string|str)\b/i,
    repairs: ['messages.stringify_call_data', 'messages.complete_tool_calls', 'messages.write_arguments'],
  },
  { when: /document.{0,60}(?:name|text)/i, repairs: ['messages.valid_documents'] },
  {
    when: /messages.{0,60}(?:input tag|does not match any|valid dictionary)/i,
    api: 'anthropic.messages',
    repairs: ['messages.anthropic_shapes'],
  },
  {
    when: /content|block|union|unknown|malformed/i,
    api: 'aws.bedrock.converse',
    repairs: ['messages.converse_shapes'],
  },
];

/** Rules of the conversation: calls and results, roles, contents. */
export const CONVERSATION_STRUCTURES: readonly Structure[] = [...PAIRING, ...CALLS, ...ROLES, ...CONTENT];
