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
} as const satisfies Readonly<Record<string, RepairSpec>>;

/** Repairs of tools and schemas by name, in the order they are documented. */
export const TOOL_REPAIRS = {
  drop_empty: { doc: 'An empty list of tools goes.' },
  drop_choice_without_tools: { doc: '`tool_choice` and its like go where no tools are offered.' },
  strict_schema: { doc: 'Schemas that ask to be strict get what strict schemas must have.' },
  flatten: { doc: 'Responses: tools and `tool_choice` of other APIs get the flat shape.' },
  give_containers: { doc: 'Responses: a code interpreter without a container gets one.' },
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
