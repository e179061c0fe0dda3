/** A repair that a fix names: what it does, and what it may lose. */
export interface RepairSpec {
  /** One sentence, as the reference shows it. */
  readonly doc: string;
  /** What is lost, where information is: a pattern that runs it must say `lossy: true`. */
  readonly loses?: string;
}

/** Repairs of the conversation by name, in the order they are documented. */
export const MESSAGE_REPAIRS = {
  drop_orphan_tool_results: { doc: 'Tool results that answer no call go.' },
  answer_open_tool_calls: { doc: 'Calls without a result get one that says so.' },
  drop_empty: { doc: 'Messages and text blocks that say nothing go.' },
  trim_final_assistant: { doc: 'A final assistant message loses the whitespace at its end.' },
  hoist_system: { doc: 'System messages move to where the API takes instructions.' },
  hoist_misplaced: { doc: 'System messages that stand where no model takes them move to the instructions.' },
  open_with_user: { doc: 'A user message stands in front of a conversation that starts with the assistant.' },
  ask_to_go_on: { doc: 'After the beginning of an answer the user asks to go on; an empty one goes.' },
  merge_roles: { doc: 'Neighbours of one role become one message of blocks.' },
  system_blocks_to_user: { doc: 'Instructions move in front of the first user message.' },
  anthropic_shapes: { doc: "Messages and parts of OpenAI's APIs get the form of Anthropic's." },
  converse_shapes: { doc: "Texts and blocks of Anthropic get the form of Bedrock's Converse." },
  drop_unknown_block_fields: { doc: 'Fields of messages and blocks that Anthropic does not know go.' },
  object_tool_inputs: { doc: 'Inputs of tool calls become objects: a JSON text is read.' },
  shape_tool_results: {
    doc: 'Results of tools get contents the API takes; those of a failure say something.',
  },
  valid_tool_ids: { doc: 'Ids of tool calls get valid characters and differ, at call and result.' },
  tool_results_first: { doc: "Tool results stand in front of the user's turn, one for each call." },
  thinking_first: { doc: 'Thinking stands in front of its message.' },
  drop_last_thinking: { doc: 'Thinking at the end of a message goes, and a message of nothing else.' },
  drop_unsigned_thinking: { doc: 'Thinking without a signature goes.' },
  true_media_types: { doc: 'Images and documents are declared as what their first bytes say.' },
  valid_documents: { doc: 'Documents get valid names of their own, and a text beside them.' },
  limit_cache_marks: { doc: 'Four marks for the cache stay, those that cover most.' },
  shorten_late_cache: { doc: 'Marks for the cache of one hour behind shorter ones become shorter too.' },
  well_formed: { doc: 'Halves of surrogate pairs become the replacement character.' },
} as const satisfies Readonly<Record<string, RepairSpec>>;

/** Repairs of tools and schemas by name, in the order they are documented. */
export const TOOL_REPAIRS = {
  drop_empty: { doc: 'An empty list of tools goes.' },
  drop_choice_without_tools: { doc: '`tool_choice` and its like go where no tools are offered.' },
  strict_schema: { doc: 'Schemas that ask to be strict get what strict schemas must have.' },
  native_shape: {
    doc: "Tools of other APIs get the form of Anthropic's or of Converse, and so does the choice.",
  },
  drop_unknown_tool_fields: { doc: 'Fields of tools that Anthropic does not know go.' },
  valid_names: { doc: 'Names of tools get valid characters and length, at offer, choice and call.' },
  unique_names: { doc: 'Of tools of one name the first stays.' },
  object_schemas: { doc: 'Schemas become those of one object, without alternatives on top.' },
  modern_schemas: { doc: 'Schemas of older dialects are written in the words of draft 2020-12.' },
  drop_blank_descriptions: { doc: 'Descriptions that say nothing go.' },
  enforceable_schemas: {
    doc: 'Schemas that Anthropic enforces are closed; bounds it cannot enforce move into descriptions.',
  },
  declare_called: { doc: 'Tools that the conversation has called are declared where none are.' },
} as const satisfies Readonly<Record<string, RepairSpec>>;

/** Repairs of parameters that depend on one another, by name, in the order they are documented. */
export const PARAMETER_REPAIRS = {
  drop_idle_stream_options: { doc: '`stream_options` goes from a request that does not stream.' },
  fit_thinking_budget: {
    doc: 'The budget for thinking is at least 1,024 and below the limit of the answer.',
  },
  budgeted_thinking: { doc: 'Thinking that adapts gets a budget.' },
  default_max_tokens: { doc: 'A limit of the answer is set where none is.' },
  bare_tool_choice: { doc: 'Fields of `tool_choice` that do not belong to its type go.' },
  anthropic_numbers: { doc: 'Numbers written as texts become numbers, and whole ones lose their fraction.' },
  drop_negative_sampling: { doc: 'Negative `top_p` and `top_k` go.' },
  list_stop_sequences: { doc: 'Stop sequences become a list without empty ones.' },
  visible_stop_sequences: {
    doc: 'Stop sequences without a visible character go.',
    loses: 'stops at blanks and line breaks',
  },
  opaque_user_id: { doc: '`metadata` keep an opaque user id alone.' },
  anthropic_names: { doc: 'Parameters of other APIs get the name Anthropic has for them, or go.' },
} as const satisfies Readonly<Record<string, RepairSpec>>;

/** Name of a repair of the conversation. */
export type MessageRepair = keyof typeof MESSAGE_REPAIRS;
/** Name of a repair of tools and schemas. */
export type ToolRepair = keyof typeof TOOL_REPAIRS;
/** Name of a repair of parameters. */
export type ParameterRepair = keyof typeof PARAMETER_REPAIRS;

/** Every named repair by the operation that runs it. */
export const REPAIRS: {
  readonly [operation in 'messages' | 'tools' | 'parameters']: Readonly<Record<string, RepairSpec>>;
} = { messages: MESSAGE_REPAIRS, tools: TOOL_REPAIRS, parameters: PARAMETER_REPAIRS };
