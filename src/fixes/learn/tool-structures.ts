import type { Structure } from './structure.js';

/** Rules of the tools that are offered, their names and their schemas. */
export const TOOL_STRUCTURES: readonly Structure[] = [
  { when: /description.{0,40}(?:empty|blank|at least 1\b)/i, repairs: ['tools.drop_blank_descriptions'] },
  {
    when: /output_(?:config|format).{0,60}schema|additionalproperties|not supported.{0,40}schema|schema.{0,80}not supported/i,
    api: 'anthropic.messages',
    repairs: ['tools.enforceable_schemas'],
  },
  { when: /tools.{0,60}(?:extra|unsupported|unexpected)/i, repairs: ['tools.drop_stray_fields'] },
  {
    when: /tool use with function calling|search.{0,60}function/i,
    api: 'google.',
    repairs: ['tools.functions_alone'],
  },
  { when: /google_search/i, api: 'google.', repairs: ['tools.search_tool'] },
  {
    when: /tools.{0,60}(?:empty array|too short|non-empty|at least (?:one|1)|minimum (?:length|number))|tools: extra inputs/i,
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
  { when: /tools.{0,40}(?:array too long|at most \d+|maximum)|too many tools/i, repairs: ['tools.keep_128'] },
  { when: /description.{0,60}(?:too long|at most|maximum)/i, repairs: ['tools.shorten_descriptions'] },
  {
    when: /toolconfig.{0,60}(?:must be|required|defined)|requests? which include .{0,3}tool/i,
    repairs: ['tools.declare_called'],
  },
  {
    when: /(?:\bid\b|_id).{0,30}(?:pattern|too long|should match|length)|tool_call_?id.{0,60}(?:must be|length|pattern|characters)|tool call id was|ids? must be unique/i,
    repairs: ['messages.valid_tool_ids', 'messages.nine_character_ids', 'messages.shorten_tool_call_ids'],
  },
  {
    when: /(?:tool|function) names? must be unique|duplicate (?:function|tool)/i,
    repairs: ['tools.unique_functions', 'tools.unique_names', 'tools.drop_repeated', 'tools.standard_names'],
  },
  {
    when: /input tag .{0,3}function|missing required parameter: .{0,3}tools|tools.{0,30}(?:name|function): field required/i,
    repairs: ['tools.native_shape', 'tools.flatten', 'tools.standard_shape', 'tools.to_declarations'],
  },
  {
    when: /name.{0,60}(?:pattern|at most|empty string|too long|invalid|should match|must start with|does not match)|invalid (?:function|tool) name/i,
    repairs: ['tools.rename_functions', 'tools.valid_names', 'tools.standard_names'],
  },
  {
    when: /function_?declarations|schema|unknown name|only allowed for/i,
    api: 'google.',
    repairs: ['tools.open_api_schema'],
  },
  {
    when: /additionalproperties.{0,40}is required to be supplied|.{0,3}required.{0,3} is required to be supplied|additionalproperties.{0,40}must be.{0,20}false/i,
    repairs: ['tools.strict_schema', 'tools.relax_strict'],
  },
  {
    when: /does not support oneof, allof, or anyof|top level/i,
    repairs: ['tools.merge_root_choices', 'tools.object_schemas'],
  },
  {
    when: /schema missing|schema must have a .{0,3}type|array schema|object schema|input_?schema|invalid schema|json schema|draft 2020/i,
    repairs: [
      'tools.complete_schemas',
      'tools.object_schemas',
      'tools.merge_root_choices',
      'tools.modern_schemas',
      'tools.type_in_any_of',
      'tools.add_parameters',
      'tools.relax_strict',
    ],
  },
  {
    when: /parameters.{0,30}(?:required|missing)/i,
    repairs: ['tools.add_parameters', 'tools.complete_schemas'],
  },
  { when: /container/i, api: 'openai.responses', repairs: ['tools.give_containers'] },
  {
    when: /tools.{0,40}extra inputs/i,
    api: 'anthropic.messages',
    repairs: ['tools.drop_unknown_tool_fields'],
  },
  {
    when: /tool_choice|tool choice|function_calling/i,
    repairs: [
      'tools.drop_absent_choice',
      'tools.known_choice',
      'tools.native_shape',
      'tools.standard_shape',
      'parameters.bare_tool_choice',
    ],
  },
];
