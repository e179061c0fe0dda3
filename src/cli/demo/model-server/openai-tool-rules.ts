import { openaiRefusal } from './openai-refusal.js';
import { given, isObject, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';
import { looseSchemaFault, strictSchemaFault } from './strict-schema.js';

const NOT_ON_TOP = ['oneOf', 'anyOf', 'allOf', 'enum', 'not'];

/** What OpenAI insists on in `tools`, their choice and their schemas. */
export const OPENAI_TOOL_RULES: readonly Rule[] = [
  { id: 'tool-schema', check: toolSchema },
  { id: 'tool-choice-without-tools', check: withoutTools('tool_choice') },
  { id: 'tool-choice-unknown', check: toolChoiceUnknown },
  { id: 'function-call-without-functions', check: functionCall },
  { id: 'parallel-without-tools', check: withoutTools('parallel_tool_calls') },
  { id: 'response-format-schema', check: responseFormatSchema },
];

function functionsOf(body: Body): readonly Body[] {
  return objects(body['tools'])
    .filter(({ type }) => type === 'function')
    .map((tool) => objectOr(tool['function']));
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
  if (Object.keys(schema).length === 0) return undefined;
  if (schema['type'] === undefined && !NOT_ON_TOP.some((word) => word in schema))
    return "schema must have a 'type' key.";
  const top = schemaTopFault(schema);
  if (top) return top;
  if (!given(schema['properties'])) return 'In context=(), object schema missing properties.';
  return strict ? strictSchemaFault(schema) : looseSchemaFault(schema);
}

/** The parameters of a function are an object, whatever they are inside. */
export function schemaTopFault(schema: Body): string | undefined {
  if (NOT_ON_TOP.some((word) => schema[word] !== undefined))
    return "schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.";
  return schema['type'] === 'object'
    ? undefined
    : `schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(schema['type'] ?? 'None')}'.`;
}

function withoutTools(name: string) {
  return (body: Body): Refusal | undefined => {
    if (!given(body[name]) || given(body['tools'])) return undefined;
    const message = `Invalid value for '${name}': '${name}' is only allowed when 'tools' are specified.`;
    return openaiRefusal(message, name, null);
  };
}

function toolChoiceUnknown(body: Body): Refusal | undefined {
  const name = objectOr(objectOr(body['tool_choice'])['function'])['name'];
  if (!given(name) || functionsOf(body).some((tool) => tool['name'] === name)) return undefined;
  return openaiRefusal(`Tool choice '${textOr(name)}' not found in 'tools' parameter.`, 'tool_choice', null);
}

function functionCall({ function_call: call, functions }: Body): Refusal | undefined {
  if (!given(call) || given(functions)) return undefined;
  const message =
    "Invalid value for 'function_call': 'function_call' is only allowed when 'functions' are specified.";
  return openaiRefusal(message, 'function_call', null);
}

function responseFormatSchema({ response_format }: Body): Refusal | undefined {
  const format = objectOr(objectOr(response_format)['json_schema']);
  if (format['strict'] !== true || !isObject(format['schema'])) return undefined;
  const fault = schemaTopFault(format['schema']) ?? strictSchemaFault(format['schema']);
  if (!fault) return undefined;
  return openaiRefusal(
    `Invalid schema for response_format '${textOr(format['name'])}': ${fault}`,
    'response_format',
    null,
  );
}
