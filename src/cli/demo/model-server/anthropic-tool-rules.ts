import { anthropicRefusal } from './anthropic-refusal.js';
import { given, isObject, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** What Anthropic insists on in `tools` and their choice. */
export const ANTHROPIC_TOOL_RULES: readonly Rule[] = [
  { id: 'tool-shape', check: toolShape },
  { id: 'tool-names-unique', check: toolNamesUnique },
  { id: 'tool-choice-without-tools', check: toolChoiceWithoutTools },
  { id: 'thinking-forced-tool', check: thinkingForcedTool },
];

function toolShape({ tools }: Body): Refusal | undefined {
  for (const [index, tool] of objects(tools).entries()) {
    const fault = toolFault(tool);
    if (fault) return anthropicRefusal(`tools.${index}${fault}`);
  }
  return undefined;
}

/** What is wrong with one tool, from its place on; server tools (`bash_20250124` and the like) bring their own shape. */
function toolFault({ type, name, input_schema: schema }: Body): string | undefined {
  if (type === 'function') {
    return ": Input tag 'function' found using 'type' does not match any of the expected tags: 'bash_20250124', 'custom', 'text_editor_20250124', 'web_search_20250305'";
  }
  if (given(type) && type !== 'custom') return undefined;
  if (!NAME.test(textOr(name))) return ".custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'";
  if (!isObject(schema)) return '.custom.input_schema: Field required';
  if (['oneOf', 'allOf', 'anyOf'].some((word) => schema[word] !== undefined)) {
    return '.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level';
  }
  return schema['type'] === undefined ? '.custom.input_schema.type: Field required' : undefined;
}

function toolNamesUnique({ tools }: Body): Refusal | undefined {
  const names = objects(tools).map(({ name }) => name);
  return new Set(names).size === names.length
    ? undefined
    : anthropicRefusal('tools: Tool names must be unique.');
}

function toolChoiceWithoutTools({ tools, tool_choice }: Body): Refusal | undefined {
  if (!given(tool_choice) || objects(tools).length > 0) return undefined;
  return anthropicRefusal('tool_choice: tool_choice may only be specified while providing tools.');
}

function thinkingForcedTool({ thinking, tool_choice }: Body): Refusal | undefined {
  const forced = ['any', 'tool'].includes(textOr(objectOr(tool_choice)['type']));
  if (!forced || objectOr(thinking)['type'] !== 'enabled') return undefined;
  return anthropicRefusal('Thinking may not be enabled when tool_choice forces tool use.');
}
