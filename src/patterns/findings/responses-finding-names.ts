/** What may stand out in a request of OpenAI's Responses API, whose conversation is a list of items. */
export const RESPONSES_FINDINGS = {
  chat_shape_in_input: 'Responses: `input` holds messages or parts in the shape of another API.',
  chat_shape_in_tools: 'Responses: tools or `tool_choice` have the shape of another API.',
  chat_format: 'Responses: `text.format` has the shape of another API, or a name that is refused.',
  forced_tool_without_tools: 'A tool must be called, and none is offered.',
  foreign_item_field: 'Responses: an item or one of its parts has a field the API does not know.',
  refused_item_id: 'Responses: an id is empty, too long, or not one of its type.',
  refused_call_id: 'Responses: a call id is missing, empty or longer than 64 characters.',
  call_data_of_wrong_type: 'Responses: arguments or an output are no text.',
  duplicate_item: 'Responses: two items have one id.',
  orphan_reasoning: 'Responses: reasoning is not followed by what it led to.',
  unstored_reasoning: 'Responses: reasoning is neither stored nor encrypted.',
  unstored_reference: 'Responses: an item is only named, and nothing is stored.',
  item_without_reasoning: 'Responses: an item has an id, and no reasoning before it in its turn.',
  json_unmentioned: 'JSON mode is asked for, and the messages do not hold the word.',
} as const satisfies Readonly<Record<string, string>>;
