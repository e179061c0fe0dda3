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
  convert_chat_input: { doc: 'Responses: messages of chat completions become items of `input`.' },
  drop_foreign_fields: { doc: 'Responses: fields of items that the API does not know go.' },
  repair_item_ids: {
    doc: 'Responses: ids the API refuses go; call ids are shortened or given, alike on both sides.',
  },
  stringify_call_data: { doc: 'Responses: arguments and outputs that are no text become JSON.' },
  drop_duplicate_items: { doc: 'Responses: of items with one id the first stays.' },
  complete_reasoning: { doc: 'Responses: reasoning without a list of summaries gets one.' },
  drop_stray_reasoning: { doc: 'Responses: reasoning that is not stored, or leads to nothing, goes.' },
  drop_unreasoned_ids: { doc: 'Responses: ids of items whose reasoning is left out go.' },
  drop_item_references: {
    doc: 'Responses: references to items that were never stored go.',
    loses: 'the turns they stand for, which the server does not have',
  },
  gather_tool_results: { doc: 'Tool results move to right after the turn whose calls they answer.' },
  merge_tool_results: { doc: 'Several results of one tool call become one.' },
  standard_roles: { doc: 'Roles get the names the API has for them: `human` is `user`.' },
  instructions_as_user: { doc: 'System and developer messages become user messages.' },
  drop_unknown_fields: { doc: 'Fields of messages that the API does not know go.' },
  refer_by_name: { doc: "A message's `name` gets characters and a length that are accepted." },
  fill_content: { doc: 'Content that is missing, null or an empty list becomes an empty text.' },
  name_content: { doc: 'Messages that call and have no `content` say that it is null.' },
  content_as_text: { doc: 'Content that is neither a text nor a list becomes a text: JSON.' },
  standard_parts: { doc: 'Content parts of other APIs get the form of chat completions.' },
  images_to_user: { doc: 'Images of other roles move to a user message after theirs.' },
  drop_empty_tool_calls: { doc: 'Empty lists of tool calls go.' },
  calls_from_blocks: { doc: 'Calls and results that are content blocks get the form of chat completions.' },
  complete_tool_results: { doc: 'Tool results that do not say it get the id of the call they answer.' },
  well_formed: { doc: 'Halves of surrogate pairs become the replacement character.' },
  complete_tool_calls: { doc: 'Tool calls get their type, and arguments as a text.' },
  shorten_tool_call_ids: {
    doc: 'Ids of tool calls above 40 characters become shorter ones, at call and result.',
  },
  merge_system: { doc: 'All instructions become one system message in front.' },
  fold_system: { doc: 'Instructions move into the first user message.' },
  developer_to_system: { doc: 'Messages of the developer become system messages.' },
  merge_repeated_roles: { doc: 'Consecutive messages of the user, or of the assistant, become one.' },
  start_with_user: { doc: 'A conversation that starts with the assistant gets a user message in front.' },
  end_with_user: {
    doc: 'A conversation that ends with the assistant gets a user message that says to go on.',
  },
  mark_prefix: { doc: 'A final message of the assistant is marked as the beginning of the answer.' },
  acknowledge_results: { doc: 'Between a tool result and a user message the assistant says that it has it.' },
  drop_empty_assistant: { doc: 'Messages of the assistant without text and calls go.' },
  join_text_parts: { doc: 'A content of nothing but text parts becomes one text.' },
  drop_stray_fields: { doc: 'Fields that chat APIs do not share for the role of a message go.' },
  drop_names: { doc: 'Names of participants go.' },
  drop_reasoning: { doc: 'The reasoning of earlier answers goes.' },
  drop_reasoning_content: { doc: 'The same, but for what is called `reasoning`.' },
  strip_data_urls: { doc: 'Images for Ollama that are data URLs become the data alone.' },
  add_reasoning_content: {
    doc: 'Messages of the assistant that lack `reasoning_content` get one that says nothing.',
  },
  nine_character_ids: { doc: 'Ids of tool calls become nine letters and digits.' },
  split_tool_calls: { doc: 'A message with several calls becomes several messages with one.' },
  nest_tool_calls: { doc: 'Tool calls get their type, and `function` around name and arguments.' },
  write_arguments: { doc: 'Arguments of tool calls become the JSON text of an object.' },
  parse_arguments: { doc: 'Arguments of tool calls that are JSON texts become objects.' },
  hoist_misplaced: { doc: 'System messages that stand where no model takes them move to the instructions.' },
  ask_to_go_on: { doc: 'After the beginning of an answer the user asks to go on; an empty one goes.' },
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
  to_contents: { doc: 'Messages of other APIs become contents of Google’s.' },
  known_roles: { doc: 'Roles get the names Google has for them; instructions move to where it takes them.' },
  pair_turns: { doc: 'Calls and results stand in the order Google demands, as many of one as of the other.' },
  complete_calls: { doc: 'Arguments and results become objects, and results get the name of their call.' },
  sign_calls: { doc: 'Calls whose thought signature was lost get the one that Gemini documents for that.' },
  clean_media: { doc: 'Inline media get their registered type, and lose the head of a data URL.' },
  system_to_user: { doc: 'Instructions move in front of the first text of the user.' },
  drop_oldest_turns: {
    doc: 'Of a prompt that overruns the model’s window the oldest turns go, each whole with its calls and results.',
    loses: 'the oldest turns',
  },
  ask_system: {
    doc: 'The instructions become the question of a request that asks none.',
    loses: 'that nothing was asked',
  },
} as const satisfies Readonly<Record<string, RepairSpec>>;

/** Repairs of tools and schemas by name, in the order they are documented. */
export const TOOL_REPAIRS = {
  drop_empty: { doc: 'An empty list of tools goes.' },
  drop_choice_without_tools: { doc: '`tool_choice` and its like go where no tools are offered.' },
  strict_schema: { doc: 'Schemas that ask to be strict get what strict schemas must have.' },
  flatten: { doc: 'Responses: tools and `tool_choice` of other APIs get the flat shape.' },
  give_containers: { doc: 'Responses: a code interpreter without a container gets one.' },
  drop_repeated: { doc: 'Of tools with the same name and arguments the first stays.' },
  drop_stray_fields: { doc: 'Fields that chat APIs do not share for tools and functions go.' },
  add_parameters: { doc: 'Functions without parameters get an empty schema.' },
  type_in_any_of: { doc: 'The type of a schema with `anyOf` moves into the alternatives.' },
  relax_strict: {
    doc: 'Schemas with free keys, which none that is strict can have, no longer ask to be strict.',
  },
  complete_schemas: { doc: 'Schemas get the types, items and lists that providers check for.' },
  merge_root_choices: { doc: 'Choices on top of the parameters of a function become one object.' },
  standard_shape: { doc: 'Tools and the choice among them get the form of chat completions.' },
  standard_names: {
    doc: 'Names of tools get characters and a length that are accepted, in the history too.',
  },
  drop_absent_choice: { doc: 'A choice that names a tool that is not offered goes.' },
  keep_128: { doc: 'The first 128 tools stay.', loses: 'the other tools' },
  shorten_descriptions: {
    doc: 'Descriptions of functions end after 1,024 characters.',
    loses: 'the rest of the description',
  },
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
  to_declarations: { doc: 'Tools of other APIs become declarations of functions of Google’s.' },
  open_api_schema: { doc: 'Schemas keep to the subset of OpenAPI that Google takes.' },
  rename_functions: { doc: 'Functions get names that Google takes, wherever they are named.' },
  unique_functions: { doc: 'Of functions of one name the first stays.' },
  known_choice: {
    doc: 'Calls are limited only to functions that are declared, and only where a call is demanded.',
  },
  search_tool: { doc: 'The tool for search gets the name it has from Gemini 2.0 on.' },
  functions_alone: {
    doc: 'Tools that Google runs go where functions are declared.',
    loses: 'search, code execution and their like',
  },
} as const satisfies Readonly<Record<string, RepairSpec>>;

/** Repairs of parameters that depend on one another, by name, in the order they are documented. */
export const PARAMETER_REPAIRS = {
  drop_idle_stream_options: { doc: '`stream_options` goes from a request that does not stream.' },
  drop_chat_stream_options: { doc: 'Responses: `include_usage` goes from `stream_options`.' },
  drop_foreign_parameters: { doc: 'Responses: parameters of other APIs go.' },
  drop_reasoning_include: { doc: 'Responses: encrypted reasoning is no longer asked for.' },
  move_logprobs: { doc: 'Responses: `logprobs` becomes an entry of `include`.' },
  move_response_format: { doc: 'Responses: `response_format` becomes `text.format`, with a name and flat.' },
  drop_foreign: { doc: 'Parameters of other APIs get the name of their counterpart, or go.' },
  instructions_to_messages: { doc: 'Instructions beside the messages become the first of them.' },
  effort_as_text: { doc: 'An object around the reasoning effort goes.' },
  number_types: { doc: 'Numbers written as texts become numbers, and whole ones lose their fraction.' },
  shorten_identifiers: { doc: 'Identifiers above 64 characters become shorter ones, the same for the same.' },
  plain_model: { doc: 'The name of the model loses blanks around it and the provider in front.' },
  standard_format: { doc: 'A schema as the response format gets the form of chat completions.' },
  clamp_bias: { doc: 'Values of `logit_bias` stay within -100 to 100.' },
  small_metadata: {
    doc: 'The first 16 pairs of `metadata` stay, with keys and values as long as the API takes them.',
    loses: 'the rest of the metadata',
  },
  shorten_inputs: {
    doc: 'Texts to embed end where the window of the model does, by an estimate.',
    loses: 'the rest of the text',
  },
  metadata_as_text: { doc: 'Values of `metadata` become texts.' },
  fewer_stops: { doc: 'Stop sequences that are empty, repeated or covered by a shorter one go.' },
  first_stops: { doc: 'The first four stop sequences stay.', loses: 'the other stop sequences' },
  fill_inputs: { doc: 'Empty texts to embed become a blank, so that every input has its vector.' },
  drop_account_fields: {
    doc: '`stream_options`, `store`, `user` and `safety_identifier` go where the server refuses fields it does not know.',
  },
  fit_context: { doc: 'Ollama is asked for a context (`options.num_ctx`) the prompt fits into.' },
  number_keep_alive: { doc: 'A `keep_alive` of nothing but digits becomes a number.' },
  option_types: {
    doc: 'Options of Ollama that are numbers written as texts become numbers, one stop sequence a list.',
  },
  schema_to_json_mode: {
    doc: 'A JSON schema as the response format becomes JSON mode, and the schema part of the prompt.',
    loses: 'the guarantee that the answer follows the schema',
  },
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
  place_fields: { doc: 'Fields move to where Google looks for them, by its names.' },
  whole_settings: { doc: 'Settings that are whole numbers are rounded, those that are lists become one.' },
  five_stop_sequences: {
    doc: 'Of more than five stop sequences the first five stay.',
    loses: 'the other stop sequences',
  },
  known_safety: { doc: 'Safety settings keep to the categories Gemini knows, each once.' },
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
