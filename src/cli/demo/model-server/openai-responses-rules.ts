import { openaiModel } from './openai-models.js';
import { modelExists } from './openai-model-rules.js';
import { openaiRefusal, unsupportedParameter, unsupportedValue } from './openai-refusal.js';
import { OPENAI_FUNCTION_TOOL, OPENAI_RESPONSES_SHAPE } from './openai-responses-shape.js';
import { openaiWellFormed } from './openai-rules.js';
import { schemaTopFault } from './openai-tool-rules.js';
import { openaiValues, openaiWording } from './openai-wording.js';
import { given, isObject, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';
import { faultOf } from './shape.js';
import { looseSchemaFault, strictSchemaFault } from './strict-schema.js';

/** How the identifiers of items begin. */
const PREFIXES: Readonly<Record<string, string>> = { function_call: 'fc', reasoning: 'rs', message: 'msg' };

/**
 * What `POST /v1/responses` insists on.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export const OPENAI_RESPONSES_RULES: readonly Rule[] = [
  { id: 'well-formed', check: openaiWellFormed },
  { id: 'model-required', check: required('model') },
  { id: 'input-required', check: required('input', 'previous_response_id', 'conversation') },
  { id: 'types', check: types },
  { id: 'model-exists', check: modelExists },
  { id: 'output-limit', check: outputLimit },
  { id: 'reasoning-parameters', check: reasoningParameters },
  { id: 'reasoning-unsupported', check: reasoningUnsupported },
  { id: 'verbosity', check: verbosity },
  { id: 'tools', check: tools },
  { id: 'tool-choice-without-tools', check: toolChoice },
  { id: 'text-format', check: textFormat },
  { id: 'item-ids', check: itemIds },
  { id: 'content-parts', check: contentParts },
  { id: 'calls-answered', check: calls },
  { id: 'json-word', check: jsonWord },
  { id: 'stream-options', check: streamOptions },
];

function required(name: string, ...others: readonly string[]) {
  return (body: Body): Refusal | undefined =>
    [name, 'prompt', ...others].some((key) => given(body[key]))
      ? undefined
      : openaiRefusal(`Missing required parameter: '${name}'.`, name, 'missing_required_parameter');
}

function types(body: Body): Refusal | undefined {
  const fault = faultOf(OPENAI_RESPONSES_SHAPE, body);
  return fault && openaiWording(fault);
}

function outputLimit({ model, max_output_tokens: limit }: Body): Refusal | undefined {
  const { output = Infinity } = openaiModel(model);
  if (typeof limit !== 'number' || limit <= output) return undefined;
  const message = `Invalid 'max_output_tokens': integer above maximum value. Expected a value <= ${output}, but got ${limit} instead.`;
  return openaiRefusal(message, 'max_output_tokens', 'integer_above_max_value');
}

function reasoningParameters({
  model,
  reasoning,
  temperature,
  top_p,
  top_logprobs,
}: Body): Refusal | undefined {
  const { reasons, samplesAtRest } = openaiModel(model);
  const effort = objectOr(reasoning)['effort'] ?? (samplesAtRest ? 'none' : 'medium');
  if (!reasons || (samplesAtRest && effort === 'none')) return undefined;
  if (given(temperature) && temperature !== 1) return unsupportedParameter('temperature');
  if (given(top_p) && top_p !== 1) return unsupportedParameter('top_p');
  return given(top_logprobs) && top_logprobs !== 0 ? unsupportedParameter('top_logprobs') : undefined;
}

function reasoningUnsupported({ model, reasoning }: Body): Refusal | undefined {
  const { effort } = objectOr(reasoning);
  const { reasons, efforts, output } = openaiModel(model);
  if (!given(effort)) return undefined;
  // Of a model in no row nothing is known.
  if (!reasons) return output === undefined ? undefined : unsupportedParameter('reasoning.effort');
  if (efforts === undefined || efforts.includes(textOr(effort))) return undefined;
  return unsupportedValue('reasoning.effort', effort, ` Supported values are: ${openaiValues(efforts)}.`);
}

function verbosity({ model, text }: Body): Refusal | undefined {
  const value = objectOr(text)['verbosity'];
  if (!given(value) || value === 'medium' || !/^(gpt-4|gpt-3|o\d)/.test(textOr(model))) return undefined;
  return unsupportedValue('text.verbosity', value, " Supported values are: 'medium'.");
}

function tools({ tools: list }: Body): Refusal | undefined {
  for (const [index, tool] of objects(list).entries()) {
    if (tool['type'] !== 'function') continue;
    const fault = OPENAI_FUNCTION_TOOL.check(tool, ['tools', index]);
    if (fault) return openaiWording(fault);
    const { parameters, name, strict } = tool;
    if (!isObject(parameters) || Object.keys(parameters).length === 0) continue;
    const wrong =
      schemaTopFault(parameters) ??
      (strict === true ? strictSchemaFault(parameters) : looseSchemaFault(parameters));
    if (wrong === undefined) continue;
    const message = `Invalid schema for function '${textOr(name)}': ${wrong}`;
    return openaiRefusal(message, `tools[${index}].parameters`, 'invalid_function_parameters');
  }
  return undefined;
}

function toolChoice({ tools: list, tool_choice: choice }: Body): Refusal | undefined {
  const { type, name } = objectOr(choice);
  if (choice === 'required' && objects(list).length === 0)
    return openaiRefusal(
      "Tool choice 'required' must be specified with 'tools' parameter.",
      'tool_choice',
      null,
    );
  if (type !== 'function' || objects(list).some((tool) => tool['name'] === name)) return undefined;
  return openaiRefusal("Tool choice 'function' not found in 'tools' parameter.", 'tool_choice', null);
}

function textFormat({ text }: Body): Refusal | undefined {
  const { schema, strict, name } = objectOr(objectOr(text)['format']);
  if (!isObject(schema)) return undefined;
  const fault = schemaTopFault(schema) ?? (strict === false ? undefined : strictSchemaFault(schema));
  if (fault === undefined) return undefined;
  const message = `Invalid schema for response_format '${textOr(name)}': ${fault}`;
  return openaiRefusal(message, 'text.format.schema', 'invalid_json_schema');
}

function itemIds({ input }: Body): Refusal | undefined {
  for (const [index, { type, id }] of objects(input).entries()) {
    const prefix = PREFIXES[textOr(type)];
    if (typeof id !== 'string' || prefix === undefined || id.startsWith(prefix)) continue;
    const place = `input[${index}].id`;
    return openaiRefusal(
      `Invalid '${place}': '${id}'. Expected an ID that begins with '${prefix}'.`,
      place,
      'invalid_value',
    );
  }
  return undefined;
}

/** The user's texts are inputs and the assistant's are outputs. */
function contentParts({ input }: Body): Refusal | undefined {
  for (const [index, { role, content }] of objects(input).entries()) {
    const accepted =
      role === 'assistant'
        ? ['output_text', 'refusal']
        : ['input_text', 'input_image', 'input_file', 'input_audio'];
    const at = objects(content).findIndex(({ type }) => !accepted.includes(textOr(type)));
    if (at < 0 || !given(role)) continue;
    const message = `Invalid value: '${textOr(objects(content)[at]?.['type'])}'. Supported values are: ${openaiValues(accepted)}.`;
    return openaiRefusal(message, `input[${index}].content[${at}]`, 'invalid_value');
  }
  return undefined;
}

/** Calls and their outputs go together, unless the rest of the conversation is kept by OpenAI. */
function calls({ input, previous_response_id, conversation }: Body): Refusal | undefined {
  if (given(previous_response_id) || given(conversation)) return undefined;
  if (objects(input).some(({ type }) => type === 'item_reference')) return undefined;
  const ids = (wanted: string): readonly string[] =>
    objects(input).flatMap(({ type, call_id }) => (type === wanted ? [textOr(call_id)] : []));
  const [asked, answered] = [ids('function_call'), ids('function_call_output')];
  const open = asked.find((id) => !answered.includes(id));
  if (open !== undefined)
    return openaiRefusal(`No tool output found for function call ${open}.`, 'input', null);
  const orphan = answered.find((id) => !asked.includes(id));
  return orphan === undefined
    ? undefined
    : openaiRefusal(`No tool call found for function call output with call_id ${orphan}.`, 'input', null);
}

function jsonWord({ input, text }: Body): Refusal | undefined {
  if (objectOr(objectOr(text)['format'])['type'] !== 'json_object') return undefined;
  if (/json/i.test(JSON.stringify(input))) return undefined;
  const message =
    "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.";
  return openaiRefusal(message, 'input', null);
}

function streamOptions({ stream, stream_options }: Body): Refusal | undefined {
  if (!given(stream_options) || stream === true) return undefined;
  const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
  return openaiRefusal(message, 'stream_options', null);
}
