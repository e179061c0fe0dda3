import type { Match } from '../../contract/pattern.js';

/** What a provider says of the shape of a request, and the repairs that give it that shape. */
export interface Structure {
  readonly when: RegExp;
  /**
   * Repairs as `operation.name`: alternatives, best first; several joined by blanks are one. Those that change nothing in
   * a request, and those this version lacks, are passed over.
   */
  readonly repairs: readonly string[];
  /** The only APIs meant, by how they begin. */
  readonly api?: string;
  /** What the request must have; read off the repair where it is left out. */
  readonly match?: Match;
}

const PAIRING: readonly Structure[] = [
  {
    when: /tool_use. ids were found without|tool_calls?.{0,40}must be followed by|did not have response messages|no tool output found|toolresult.{0,60}(?:missing|expected|were found)|expected toolresult|insufficient tool messages|not the same number of function calls|function response parts is equal to/i,
    repairs: [
      'messages.gather_tool_results messages.answer_open_tool_calls',
      'messages.gather_function_responses messages.answer_open_calls',
      'messages.answer_open_function_calls',
      'messages.pair_function_calls',
    ],
  },
  {
    when: /unexpected .{0,3}tool_use_id|must have a corresponding .{0,3}tool_use|role .{0,3}tool.{0,3} must be a response|no tool call found for|unexpected role .{0,3}tool|tool_call_id.{0,40}not found|number of toolresult blocks.{0,60}exceeds|function (?:call|response) turn comes immediately/i,
    repairs: [
      'messages.gather_tool_results messages.drop_orphan_tool_results',
      'messages.drop_orphan_function_responses',
      'messages.pair_function_calls',
      'messages.order_function_turns',
    ],
  },
  {
    when: /each tool_use must have a single result|multiple .{0,3}tool_result|duplicate.{0,20}tool_(?:call|use)/i,
    repairs: ['messages.merge_tool_results', 'messages.drop_repeated_results'],
  },
  {
    when: /thought_?signature/i,
    repairs: [
      'messages.sign_function_calls',
      'messages.add_thought_signatures',
      'messages.placeholder_signatures',
    ],
  },
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

const ROLES: readonly Structure[] = [
  {
    when: /roles? must alternate|must alternate|should be alternating|alternat(?:e|ing).{0,40}(?:user|assistant|roles)|multiple consecutive|consecutive (?:user|assistant)/i,
    repairs: [
      'messages.merge_repeated_roles messages.start_with_user',
      'messages.merge_turns messages.start_with_user',
      'messages.alternate_roles',
    ],
  },
  {
    when: /(?:first|start|begin).{0,30}(?:with|must|use|be).{0,20}user|must start with a user/i,
    repairs: ['messages.start_with_user', 'messages.user_first'],
  },
  {
    when: /expected last role user or tool|prefix true/i,
    repairs: ['messages.mark_prefix', 'messages.end_with_user'],
  },
  {
    when: /prefill|must end with a user|last (?:message|role|turn).{0,40}(?:must|should|user)/i,
    repairs: ['messages.prefill_as_request', 'messages.drop_prefill', 'messages.end_with_user'],
  },
  {
    when: /unexpected role .{0,3}(?:system|developer)|system messages? (?:must|should|can only) be (?:at the )?(?:first|beginning|start)|roles must be either .{0,3}user.{0,12}assistant/i,
    repairs: ['messages.hoist_system', 'messages.merge_system', 'messages.fold_system'],
  },
  {
    when: /(?:system (?:role|message|prompt|instruction)s?|developer instruction).{0,20}(?:not supported|not enabled|unsupported)|does not support system/i,
    repairs: ['messages.instructions_as_user', 'messages.fold_system', 'messages.system_to_user'],
  },
  { when: /developer/i, repairs: ['messages.developer_to_system'] },
  { when: /does not support .{0,3}(?:system|developer)/i, repairs: ['messages.instructions_as_user'] },
  {
    when: /valid role|invalid role|unknown role|role.{0,30}(?:one of|must be)/i,
    repairs: ['messages.standard_roles'],
  },
];

const CONTENT: readonly Structure[] = [
  { when: /trailing whitespace/i, repairs: ['messages.trim_final_assistant'] },
  {
    when: /non-empty content|text content blocks must|empty text blocks|is blank|is empty|content.{0,40}(?:must|cannot|can.t|should).{0,30}(?:empty|blank)|must have either content or tool_calls|content.{0,20}required|parts.{0,20}must not be empty|expected a string, got null|null content|whitespace|required oneof field .data/i,
    repairs: [
      'messages.drop_empty_assistant',
      'messages.name_content',
      'messages.drop_empty',
      'messages.fill_content',
      'messages.drop_empty_parts',
      'messages.fill_tool_results',
    ],
  },
  {
    when: /cannot be empty when status|tool ?result.{0,40}empty/i,
    repairs: ['messages.fill_tool_results', 'messages.drop_empty'],
  },
  {
    when: /invalid type: sequence, expected a string|content.{0,30}(?:must be|should be) a (?:valid )?string|value must be a string|content must be string|str type expected/i,
    repairs: ['messages.join_text_parts', 'messages.content_as_text'],
  },
  { when: /tool_calls.{0,30}(?:empty array|too short)/i, repairs: ['messages.drop_empty_tool_calls'] },
  { when: /only allowed for messages with role .{0,3}user/i, repairs: ['messages.images_to_user'] },
  {
    when: /supported values are: .{0,3}input_text|content type/i,
    api: 'openai.responses',
    repairs: ['messages.convert_chat_input'],
  },
  {
    when: /tool_calls|tool_call_id|role/i,
    api: 'openai.responses',
    repairs: ['messages.convert_chat_input'],
  },
  {
    when: /unknown parameter: .{0,3}input/i,
    api: 'openai.responses',
    repairs: ['messages.drop_foreign_fields'],
  },
  {
    when: /messages.{0,80}(?:extra|unexpected|unsupported)|additional propert|extra inputs|(?:extra|unexpected|unsupported).{0,80}messages/i,
    repairs: ['messages.drop_unknown_fields', 'messages.drop_stray_fields'],
  },
  {
    when: /surrogate|invalid unicode|not valid json|utf-?8|could not parse the json/i,
    repairs: [
      'messages.replace_lone_surrogates',
      'messages.well_formed',
      'messages.well_formed_text',
      'parameters.well_formed',
    ],
  },
  { when: /reasoning_content/i, repairs: ['messages.add_reasoning_content', 'messages.drop_reasoning'] },
  {
    when: /cache_control/i,
    repairs: ['messages.limit_cache_control', 'messages.keep_four_cache_marks', 'messages.fewer_cache_marks'],
  },
  {
    when: /image was specified using|media type.{0,60}appears to be|mime type/i,
    repairs: ['messages.image_media_type', 'messages.correct_media_types', 'messages.media_types'],
  },
  {
    when: /first block must be .{0,3}thinking/i,
    repairs: ['messages.thinking_first', 'messages.order_thinking'],
  },
  {
    when: /input should be a valid dictionary|arguments.{0,40}(?:object|dictionary|mapping)/i,
    repairs: ['messages.parse_arguments', 'messages.tool_input_objects'],
  },
  {
    when: /arguments.{0,40}(?:string|str)\b|output.{0,40}(?:string|str)\b/i,
    repairs: ['messages.stringify_call_data', 'messages.complete_tool_calls'],
  },
];

const TOOLS: readonly Structure[] = [
  {
    when: /tools.{0,60}(?:empty array|too short|non-empty|at least (?:one|1)|minimum (?:length|number))/i,
    repairs: ['tools.drop_empty'],
    match: { tools: { length: 0 } },
  },
  {
    when: /(?:tool_choice|parallel_tool_calls|function_call).{0,60}(?:only allowed when|requires?|without|when) .{0,3}(?:tools|functions)|tool_choice.{0,40}no tools/i,
    repairs: ['tools.drop_choice_without_tools'],
    match: {
      all: [
        { any: [{ tools: { exists: false } }, { tools: { length: 0 } }] },
        { any: [{ tool_choice: { exists: true } }, { parallel_tool_calls: { exists: true } }] },
      ],
    },
  },
  {
    when: /additionalproperties.{0,40}is required to be supplied|.{0,3}required.{0,3} is required to be supplied|additionalproperties.{0,40}must be.{0,20}false/i,
    repairs: ['tools.strict_schema'],
  },
  {
    when: /schema missing|schema must have a .{0,3}type|array schema|object schema|input_schema|invalid schema|not a valid json schema/i,
    repairs: [
      'tools.complete_schemas',
      'tools.merge_root_choices',
      'tools.complete_input_schemas',
      'tools.flatten_root',
      'tools.relax_strict',
    ],
  },
  {
    when: /does not support oneof, allof, or anyof|top level/i,
    repairs: ['tools.merge_root_choices', 'tools.flatten_root'],
  },
  {
    when: /(?:tool|function) names? must be unique|duplicate (?:function|tool)/i,
    repairs: ['tools.drop_repeated', 'tools.unique_names', 'tools.drop_duplicates', 'tools.standard_names'],
  },
  {
    when: /\.id\b.{0,20}(?:pattern|too long|should match)|tool_call_?id.{0,60}(?:must be|length|pattern|characters)|tool call id was/i,
    repairs: [
      'messages.shorten_tool_call_ids',
      'messages.nine_character_ids',
      'messages.standard_ids',
      'messages.standard_tool_ids',
    ],
  },
  {
    when: /name.{0,60}(?:pattern|empty string|too long|invalid|should match|must start with|does not match)|invalid (?:function|tool) name/i,
    repairs: ['tools.standard_names'],
  },
  {
    when: /input tag .{0,3}function|tools.{0,30}(?:shape|type)|missing required parameter: .{0,3}tools/i,
    repairs: ['tools.standard_shape', 'tools.flatten'],
  },
  {
    when: /function_?declarations.{0,300}(?:only allowed|should be|must be|unknown name|cannot find|field_invalid|non-empty|only .enum)|unknown name .{0,40} at .{0,3}tools|schema.{0,80}(?:only allowed|must be|unknown name)/i,
    api: 'google.',
    repairs: ['tools.google_schema', 'tools.standard_names', 'tools.schema_subset', 'tools.gemini_schema'],
  },
  { when: /tool_choice|tool choice/i, repairs: ['tools.drop_absent_choice', 'tools.standard_shape'] },
];

const PARAMETERS: readonly Structure[] = [
  {
    when: /stream_options.{0,60}(?:only allowed|only be|requires?|when).{0,20}stream/i,
    repairs: ['parameters.drop_idle_stream_options'],
    match: { stream_options: { exists: true }, stream: { '!=': true } },
  },
  {
    when: /stream_options/i,
    repairs: [
      'parameters.drop_foreign_fields',
      'parameters.drop_chat_stream_options',
      'parameters.drop_stream_options',
    ],
  },
  {
    when: /(?:user|identifier|prompt_cache_key|user_id).{0,40}(?:too long|at most|maximum)/i,
    repairs: ['parameters.shorten_identifiers'],
  },
  { when: /response_format/i, api: 'openai.responses', repairs: ['parameters.move_response_format'] },
  { when: /metadata.{0,80}(?:string|type)/i, repairs: ['parameters.metadata_as_text'] },
  {
    when: /stop.{0,40}(?:empty|whitespace|too long|at most|maximum)/i,
    repairs: ['parameters.fewer_stops', 'parameters.first_stops'],
  },
  {
    when: /type .{0,3}(?:integer|number)|invalid type|expected an? (?:integer|number)/i,
    repairs: ['parameters.number_types'],
  },
];

/** One line for each rule of a shape, whatever words the providers put it in. */
export const STRUCTURES: readonly Structure[] = [...PAIRING, ...ROLES, ...CONTENT, ...TOOLS, ...PARAMETERS];
