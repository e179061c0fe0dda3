import { emptyArray, openaiRefusal } from './openai-refusal.js';
import { given, isObject, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';
import { strictSchemaFault } from './strict-schema.js';

const TOOL_LIMIT = 128;
const NAME = /^[a-zA-Z0-9_-]+$/;

/** What OpenAI insists on in `tools`, their choice and their schemas. */
export const OPENAI_TOOL_RULES: readonly Rule[] = [
  { id: 'tools-empty', check: toolsEmpty },
  { id: 'tools-too-many', check: toolsTooMany },
  { id: 'tool-name', check: toolName },
  { id: 'tool-schema', check: toolSchema },
  { id: 'tool-choice-without-tools', check: withoutTools('tool_choice') },
  { id: 'parallel-without-tools', check: withoutTools('parallel_tool_calls') },
  { id: 'response-format-schema', check: responseFormatSchema },
];

function toolsEmpty({ tools }: Body): Refusal | undefined {
  return Array.isArray(tools) && tools.length === 0 ? emptyArray('tools') : undefined;
}

function toolsTooMany({ tools }: Body): Refusal | undefined {
  if (!Array.isArray(tools) || tools.length <= TOOL_LIMIT) return undefined;
  const message =
    `Invalid 'tools': array too long. Expected an array with maximum length ${TOOL_LIMIT}, ` +
    `but got an array with length ${tools.length} instead.`;
  return openaiRefusal(message, 'tools', 'array_above_max_length');
}

function functionsOf(body: Body): readonly Body[] {
  return objects(body['tools'])
    .filter(({ type }) => type === 'function')
    .map((tool) => objectOr(tool['function']));
}

function toolName(body: Body): Refusal | undefined {
  const index = functionsOf(body).findIndex(({ name }) => !NAME.test(textOr(name)));
  if (index < 0) return undefined;
  const path = `tools[${index}].function.name`;
  const message = `Invalid '${path}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`;
  return openaiRefusal(message, path, 'invalid_value');
}

function toolSchema(body: Body): Refusal | undefined {
  for (const [index, { name, parameters, strict }] of functionsOf(body).entries()) {
    if (!isObject(parameters)) continue;
    const fault = parametersFault(parameters, strict === true);
    if (!fault) continue;
    const message = `Invalid schema for function '${textOr(name)}': ${fault}`;
    return openaiRefusal(message, `tools[${index}].function.parameters`, 'invalid_function_parameters');
  }
  return undefined;
}

function parametersFault(schema: Body, strict: boolean): string | undefined {
  if (Object.keys(schema).length > 0 && schema['type'] === undefined) return "schema must have a 'type' key.";
  if (schema['type'] === 'object' && !given(schema['properties'])) {
    return 'In context=(), object schema missing properties.';
  }
  return strict ? strictSchemaFault(schema) : undefined;
}

function withoutTools(name: string) {
  return (body: Body): Refusal | undefined => {
    if (!given(body[name]) || given(body['tools'])) return undefined;
    const message = `Invalid value for '${name}': '${name}' is only allowed when 'tools' are specified.`;
    return openaiRefusal(message, name, null);
  };
}

function responseFormatSchema({ response_format }: Body): Refusal | undefined {
  const format = objectOr(objectOr(response_format)['json_schema']);
  if (format['strict'] !== true || !isObject(format['schema'])) return undefined;
  const fault = strictSchemaFault(format['schema']);
  if (!fault) return undefined;
  return openaiRefusal(
    `Invalid schema for response_format '${textOr(format['name'])}': ${fault}`,
    'response_format',
    null,
  );
}
