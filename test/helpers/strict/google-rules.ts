import {
  given,
  isObject,
  objectOr,
  objects,
  textOr,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import { faultOf, type Fault } from '../../../src/cli/demo/model-server/shape.js';
import { GOOGLE_CONTENT_RULES } from './google-contents.js';
import { invalid, isGemini3, modelOf } from './google-refusal.js';
import { googleSchemaFault } from './google-schema.js';
import { GOOGLE_SHAPE } from './google-shape.js';
import { GOOGLE_THINKING_RULES } from './google-thinking.js';

const FUNCTION = /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/;
const MIME_TYPES = ['text/plain', 'application/json', 'application/xml', 'application/yaml', 'text/x.enum'];

/**
 * What `generateContent` insists on.
 * @see https://ai.google.dev/api/generate-content
 */
export function googleRules(provider: string): readonly Rule[] {
  const isVertex = provider === 'gcp.vertex_ai';
  return [
    { id: 'model-exists', check: modelExists },
    { id: 'types', check: types },
    { id: 'mime-type', check: mimeType },
    { id: 'functions', check: (body) => functions(body, isVertex) },
    { id: 'response-schema', check: (body) => responseSchema(body, isVertex) },
    { id: 'tools-together', check: toolsTogether },
    { id: 'tool-config', check: toolConfig },
    { id: 'cached-content', check: cachedContent },
    { id: 'system-instruction', check: systemInstruction },
    ...GOOGLE_THINKING_RULES,
    ...GOOGLE_CONTENT_RULES,
  ];
}

function modelExists(body: Body): Refusal | undefined {
  const model = modelOf(body);
  if (!/^(gemini-pro|gemini-1\.0|text-bison|chat-bison)/.test(model)) return undefined;
  return {
    ...invalid(
      `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`,
    ),
    status: 404,
    type: 'NOT_FOUND',
  };
}

function types(body: Body): Refusal | undefined {
  const fault = faultOf(GOOGLE_SHAPE, body);
  return fault && invalid(words(fault));
}

const TYPES: Readonly<Record<string, string>> = {
  text: 'TYPE_STRING',
  decimal: 'TYPE_FLOAT',
  integer: 'TYPE_INT32',
  flag: 'TYPE_BOOL',
  list: 'TYPE_LIST',
  object: 'TYPE_MESSAGE',
};

function words({ path, kind, type, value, expected }: Fault): string {
  const snake = path.map((part) =>
    typeof part === 'number'
      ? `[${part}]`
      : `.${part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
  );
  const place = snake.join('').slice(1);
  if (kind === 'unknown') {
    const at = snake.slice(0, -1).join('').slice(1);
    return `Invalid JSON payload received. Unknown name "${String(path.at(-1))}"${at && ` at '${at}'`}: Cannot find field.`;
  }
  if (kind === 'type')
    return `Invalid value at '${place}' (${TYPES[type] ?? type}), ${JSON.stringify(value)}`;
  const name = String(path.at(-1)).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (kind === 'missing') return `* GenerateContentRequest.${place}: ${name} is not specified\n`;
  if (kind === 'many')
    return `* GenerateContentRequest.${place}: the number of ${name} must not exceed ${String(expected)}.\n`;
  return `* GenerateContentRequest.${place}: ${name} must be ${kind === 'maximum' ? 'at most' : 'at least'} ${String(expected)}, but got ${JSON.stringify(value)}.\n`;
}

function mimeType({ generationConfig }: Body): Refusal | undefined {
  const {
    responseMimeType: type,
    responseSchema: schema,
    responseJsonSchema: json,
  } = objectOr(generationConfig);
  if (given(type) && !MIME_TYPES.includes(textOr(type)))
    return invalid(
      '* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are `text/plain`, `application/json`, `application/xml`, `application/yaml` and `text/x.enum`.\n',
    );
  if ((!given(schema) && !given(json)) || (given(type) && type !== 'text/plain')) return undefined;
  return invalid("Response schema is only supported with response mime type: 'application/json'.");
}

function declared({ tools }: Body): readonly (readonly [Body, string])[] {
  return objects(tools).flatMap((tool, at) =>
    objects(tool['functionDeclarations']).map(
      (item, index) => [item, `tools[${at}].function_declarations[${index}]`] as const,
    ),
  );
}

function functions(body: Body, isVertex: boolean): Refusal | undefined {
  const all = declared(body);
  for (const [{ name, parameters }, place] of all) {
    if (!FUNCTION.test(textOr(name)))
      return invalid(
        `* GenerateContentRequest.${place}.name: Invalid function name. Must start with a letter or an underscore. Must be alphanumeric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 64.\n`,
      );
    const fault = isObject(parameters)
      ? googleSchemaFault(parameters, `${place}.parameters`, isVertex)
      : undefined;
    if (fault) return invalid(fault);
  }
  const names = all.map(([{ name }]) => textOr(name));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? undefined : invalid(`Duplicate function declaration found: ${twice}`);
}

function responseSchema({ generationConfig }: Body, isVertex: boolean): Refusal | undefined {
  const schema = objectOr(generationConfig)['responseSchema'];
  const fault = isObject(schema)
    ? googleSchemaFault(schema, 'generation_config.response_schema', isVertex)
    : undefined;
  return fault === undefined ? undefined : invalid(fault);
}

function toolsTogether(body: Body): Refusal | undefined {
  const { tools, generationConfig } = body;
  if (isGemini3(body)) return undefined;
  const hasFunctions = declared(body).length > 0;
  const searches = objects(tools).some(
    (tool) => given(tool['googleSearch']) || given(tool['codeExecution']) || given(tool['urlContext']),
  );
  if (hasFunctions && searches)
    return invalid('Multiple tools are supported only when they are all search tools.');
  const isJson = objectOr(generationConfig)['responseMimeType'] === 'application/json';
  return isJson && hasFunctions
    ? invalid("Function calling with a response mime type: 'application/json' is unsupported")
    : undefined;
}

function toolConfig(body: Body): Refusal | undefined {
  const { mode, allowedFunctionNames: allowed } = objectOr(
    objectOr(body['toolConfig'])['functionCallingConfig'],
  );
  const names = declared(body).map(([{ name }]) => name);
  if (textOr(mode).toUpperCase() === 'ANY' && names.length === 0)
    return invalid('Function calling config is set without function_declarations.');
  if (!Array.isArray(allowed) || allowed.length === 0) return undefined;
  if (!['ANY', 'VALIDATED'].includes(textOr(mode).toUpperCase()))
    return invalid('allowed_function_names should only be set when function calling mode is ANY.');
  const unknown = allowed.find((name: unknown) => !names.includes(name)) as unknown;
  return unknown === undefined
    ? undefined
    : invalid(`allowed_function_names contains "${String(unknown)}", which is not in function_declarations.`);
}

function cachedContent({
  cachedContent: cache,
  systemInstruction: system,
  tools,
  toolConfig: config,
}: Body): Refusal | undefined {
  if (!given(cache) || !(given(system) || given(tools) || given(config))) return undefined;
  return invalid(
    'CachedContent can not be used with GenerateContent request setting system_instruction, tools or tool_config.',
  );
}

function systemInstruction(body: Body): Refusal | undefined {
  const model = modelOf(body);
  if (!given(body['systemInstruction']) || !/^gemma-[123]/.test(model)) return undefined;
  return invalid(`Developer instruction is not enabled for models/${model}`);
}
