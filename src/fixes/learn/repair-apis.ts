const BLOCKS = ['anthropic.messages', 'aws.bedrock.'];
/** APIs whose conversation is a list of messages with roles. */
const CHAT = [
  'openai.chat',
  'openai.completions',
  'mistral.',
  'cohere.',
  'ollama.',
  'aws.bedrock.invoke_model',
];

/** Repairs that are written for some APIs, by how the names of those begin; any other is for all. With its operation: a name two have. */
const OWNERS: readonly (readonly [apis: readonly string[], repairs: string])[] = [
  [
    ['anthropic.messages'],
    `anthropic_shapes drop_unknown_block_fields thinking_first drop_unsigned_thinking limit_cache_marks shorten_late_cache
     drop_unknown_tool_fields anthropic_names fit_thinking_budget budgeted_thinking default_max_tokens opaque_user_id
     hoist_misplaced list_stop_sequences visible_stop_sequences drop_negative_sampling bare_tool_choice
     drop_last_thinking anthropic_numbers enforceable_schemas drop_blank_descriptions`,
  ],
  [
    BLOCKS,
    `ask_to_go_on system_blocks_to_user object_tool_inputs shape_tool_results valid_tool_ids
     tool_results_first true_media_types native_shape valid_names unique_names object_schemas modern_schemas declare_called
     converse_shapes valid_documents`,
  ],
  [
    ['google.'],
    `to_contents known_roles pair_turns complete_calls sign_calls clean_media system_to_user ask_system to_declarations
     open_api_schema rename_functions unique_functions known_choice search_tool functions_alone place_fields
     five_stop_sequences known_safety whole_settings`,
  ],
  [
    ['openai.responses'],
    `convert_chat_input messages.drop_foreign_fields repair_item_ids stringify_call_data drop_duplicate_items drop_stray_reasoning
     drop_unreasoned_ids drop_item_references flatten give_containers drop_chat_stream_options drop_foreign_parameters
     drop_reasoning_include move_logprobs move_response_format complete_reasoning`,
  ],
  [
    CHAT,
    `gather_tool_results merge_tool_results standard_roles instructions_as_user drop_unknown_fields refer_by_name fill_content
     name_content content_as_text standard_parts images_to_user drop_empty_tool_calls complete_tool_calls
     shorten_tool_call_ids standard_shape drop_foreign instructions_to_messages merge_system fold_system developer_to_system
     end_with_user mark_prefix acknowledge_results drop_empty_assistant join_text_parts
     messages.drop_stray_fields drop_names drop_reasoning drop_reasoning_content strip_data_urls add_reasoning_content
     nine_character_ids split_tool_calls write_arguments parse_arguments drop_repeated add_parameters type_in_any_of
     drop_account_fields fit_context number_keep_alive option_types schema_to_json_mode keep_128 shorten_descriptions
     calls_from_blocks complete_tool_results nest_tool_calls strip_data_urls tools.drop_stray_fields effort_as_text
     standard_format clamp_bias`,
  ],
  [[...BLOCKS, ...CHAT], 'merge_repeated_roles start_with_user'],
  [
    ['openai.'],
    'complete_schemas merge_root_choices standard_names relax_strict drop_absent_choice shorten_identifiers metadata_as_text',
  ],
];

/** How the names of the APIs begin that a repair is for, by its name, with or without its operation; all where it is not here. */
export const REPAIR_APIS: ReadonlyMap<string, readonly string[]> = new Map(
  OWNERS.flatMap(([apis, repairs]) =>
    repairs
      .split(/\s+/)
      .filter(Boolean)
      .map((repair) => [repair, apis] as const),
  ),
);

/** Whether a repair, named as `operation.name`, is meant for requests to an API. */
export function isMeantFor(repair: string, api: string): boolean {
  const apis = REPAIR_APIS.get(repair) ?? REPAIR_APIS.get(repair.slice(repair.indexOf('.') + 1));
  return apis?.some((prefix) => api.startsWith(prefix)) ?? true;
}
