import { anthropicRefusal } from './anthropic-refusal.js';
import { anthropicSchemaFault } from './anthropic-schema.js';
import { given, isObject, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

const NAME = /^[a-zA-Z0-9_-]{1,128}$/;
const KEY = /^[a-zA-Z0-9_.-]{1,64}$/;
const FIELDS = new Set(
  (
    'type name description input_schema cache_control strict defer_loading allowed_callers eager_input_streaming ' +
    'input_examples'
  ).split(' '),
);

/** What Anthropic insists on in `tools`, their choice and the schema of the answer. */
export const ANTHROPIC_TOOL_RULES: readonly Rule[] = [
  { id: 'tool-shape', check: toolShape },
  { id: 'tool-names-unique', check: toolNamesUnique },
  { id: 'tool-choice-without-tools', check: toolChoiceWithoutTools },
  { id: 'tool-choice-unknown', check: toolChoiceUnknown },
  { id: 'answer-schema', check: answerSchema },
];

function toolShape({ tools }: Body): Refusal | undefined {
  for (const [index, tool] of objects(tools).entries()) {
    const fault = toolFault(tool);
    if (fault) return anthropicRefusal(`tools.${index}${fault}`);
  }
  return undefined;
}

/** What is wrong with one tool, from its place on; server tools (`bash_20250124` and the like) bring their own shape. */
function toolFault(tool: Body): string | undefined {
  const { type, name, input_schema: schema } = tool;
  if (type === 'function') {
    return ": Input tag 'function' found using 'type' does not match any of the expected tags: 'bash_20250124', 'custom', 'text_editor_20250124', 'web_search_20250305'";
  }
  if (given(type) && type !== 'custom') return undefined;
  if (!given(name)) return '.custom.name: Field required';
  if (!NAME.test(textOr(name))) return ".custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'";
  if (given(tool['description']) && typeof tool['description'] !== 'string')
    return '.custom.description: Input should be a valid string';
  if (!isObject(schema)) return '.custom.input_schema: Field required';
  const extra = Object.keys(tool).find((key) => !FIELDS.has(key));
  if (extra !== undefined) return `.custom.${extra}: Extra inputs are not permitted`;
  return schemaFault(schema, tool['strict'] === true);
}

function schemaFault(schema: Body, isStrict: boolean): string | undefined {
  if (['oneOf', 'allOf', 'anyOf'].some((word) => schema[word] !== undefined)) {
    return '.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level';
  }
  if (schema['type'] === undefined) return '.custom.input_schema.type: Field required';
  if (schema['type'] !== 'object') return ".custom.input_schema.type: Input should be 'object'";
  if (Object.keys(objectOr(schema['properties'])).some((key) => !KEY.test(key)))
    return ".custom.input_schema.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'";
  const fault = isStrict ? anthropicSchemaFault(schema) : undefined;
  return fault && `.custom: ${fault}`;
}

function toolNamesUnique({ tools }: Body): Refusal | undefined {
  const names = objects(tools).flatMap(({ name }) => (given(name) ? [name] : []));
  return new Set(names).size === names.length
    ? undefined
    : anthropicRefusal('tools: Tool names must be unique.');
}

function toolChoiceWithoutTools({ tools, tool_choice }: Body): Refusal | undefined {
  if (!given(tool_choice) || objects(tools).length > 0) return undefined;
  return anthropicRefusal('tool_choice: tool_choice may only be specified while providing tools.');
}

function toolChoiceUnknown({ tools, tool_choice }: Body): Refusal | undefined {
  const { type, name } = objectOr(tool_choice);
  if (type !== 'tool' || objects(tools).some((tool) => tool['name'] === name)) return undefined;
  return anthropicRefusal(`Tool '${textOr(name)}' not found in provided tools`);
}

function answerSchema({ output_config }: Body): Refusal | undefined {
  const { schema } = objectOr(objectOr(output_config)['format']);
  const fault = isObject(schema) ? anthropicSchemaFault(schema) : undefined;
  return fault === undefined ? undefined : anthropicRefusal(`output_config.format.schema: ${fault}`);
}
