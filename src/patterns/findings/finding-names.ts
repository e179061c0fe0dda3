/**
 * What may stand out in a request, by name: a fact about its shape, which some providers refuse and others take. A pattern
 * says which: `facts.findings: { contains: open_tool_call }` beside a `provider` or a `model`.
 */
export const FINDINGS = {
  orphan_tool_result: 'A tool result answers no call of the turn before.',
  open_tool_call: 'A tool call is not answered right after.',
  tool_call_out_of_turn: 'A tool call does not come directly after a turn of the user.',
  tool_call_incomplete: 'Arguments or a result are no object, or a result does not say which tool gave it.',
  thought_signature_missing: 'The first call of a step of the current turn carries no thought signature.',
  content_without_data: 'A content or a part of one holds nothing at all, or the instructions do.',
  content_without_role: 'A content does not say who speaks.',
  content_of_other_api: 'A content, a part or the instructions are written as in another API.',
  role_of_other_api: 'A content has a role that the API does not know, or holds instructions.',
  media_unclean: 'Inline media have a data URL in front of their bytes, or no registered type.',
  field_misplaced: 'A parameter stands where the API does not look for it, or has another API’s name.',
  safety_category_unknown: 'A safety setting names no category of harm that Gemini knows, or one twice.',
  safety_category_of_vertex: 'A safety setting names a category of harm that only Vertex AI knows.',
  tool_empty: 'A tool offers nothing.',
  tool_of_other_api: 'A tool is declared as in another API.',
  tools_mixed: 'Functions stand beside tools that the provider runs.',
  search_tool_of_gemini_1: 'The tool for search has the name it had for Gemini 1.',
  function_name_invalid:
    'A function has a name of more than 64 characters, or of other than letters, digits and _ . : -.',
  function_name_twice: 'Two functions have one name.',
  function_choice_unknown:
    'Calls are limited to functions that are not declared, or limited where none is demanded.',
  schema_twice: 'A function declares its parameters twice.',
  schema_unknown_keyword: 'A schema has a keyword that OpenAPI’s subset for Gemini does not have.',
  schema_keyword_of_vertex: 'A schema has a keyword that only Vertex AI takes, such as additionalProperties.',
  schema_type_list: 'A schema lists several types.',
  schema_type_unknown: 'A schema names a type that JSON does not have.',
  schema_type_missing: 'A schema without alternatives has no type.',
  schema_keyword_of_other_type:
    'A schema has properties without being an object, or items without being an array.',
  schema_object_empty: 'A schema of an object has an empty list of properties.',
  schema_items_missing: 'A schema of an array does not describe its items.',
  schema_required_undefined: 'A schema requires a property it does not define.',
  schema_enum_of_other_type: 'A schema enumerates values of another type than text.',
  schema_enum_not_text: 'A schema enumerates an empty text, or something other than texts.',
  schema_format_unknown: 'A schema asks for a format that its type does not have.',
  schema_union_typed: 'A schema has a type, properties or items beside its alternatives.',
  schema_union_annotated: 'A schema has anything at all beside its alternatives.',
} as const satisfies Readonly<Record<string, string>>;

/** Name of a finding. */
export type FindingName = keyof typeof FINDINGS;
