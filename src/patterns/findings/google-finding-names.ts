/** What may stand out in a request to Google's generateContent, by name. */
export const GOOGLE_FINDINGS = {
  tool_call_out_of_turn: 'A tool call does not come directly after a turn of the user.',
  tool_call_incomplete:
    'A call or a result is no object, has another name, or does not say which tool it is of.',
  thought_signature_missing: 'The first call of a step of the current turn carries no thought signature.',
  content_without_data: 'A content or a part of one holds nothing at all, or the instructions do.',
  content_without_role: 'A content does not say who speaks.',
  content_of_other_api: 'A content, a part or the instructions are written as in another API.',
  role_of_other_api:
    'A content has a role that the API does not know, holds instructions, or what the other role says.',
  media_unclean: 'Inline media have a data URL in front of their bytes, or no registered type.',
  setting_malformed:
    'A setting that is a whole number is none or too large, or one that is a list is a text.',
  lone_surrogate: 'A text holds half of a surrogate pair.',
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
  schema_root_union: 'The parameters of a function are alternatives, and no object.',
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
