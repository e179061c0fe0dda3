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
  well_formed: { doc: 'Halves of surrogate pairs become the replacement character.' },
  to_contents: { doc: 'Messages of other APIs become contents of Google’s.' },
  known_roles: { doc: 'Roles get the names Google has for them; instructions move to where it takes them.' },
  pair_turns: { doc: 'Calls and results stand in the order Google demands, as many of one as of the other.' },
  complete_calls: { doc: 'Arguments and results become objects, and results get the name of their call.' },
  sign_calls: { doc: 'Calls whose thought signature was lost get the one that Gemini documents for that.' },
  clean_media: { doc: 'Inline media get their registered type, and lose the head of a data URL.' },
  system_to_user: { doc: 'Instructions move in front of the first text of the user.' },
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
