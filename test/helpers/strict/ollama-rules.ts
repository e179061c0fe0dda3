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

/** Models of the library whose template takes no tools, or that do not think. */
const WITHOUT_TOOLS =
  /^(gemma[23]?|codellama|llama2|llama3|phi3|phi|dolphin-mistral|llava|stablelm2|tinyllama|orca-mini|vicuna)(:|$)/;
const WITHOUT_THINKING =
  /^(gemma[23]?|codellama|llama[23](\.\d)?|phi3|mistral|mistral-nemo|qwen2(\.5)?|llava)(:|$)/;

const FLOATS = [
  'temperature',
  'top_p',
  'min_p',
  'typical_p',
  'repeat_penalty',
  'presence_penalty',
  'frequency_penalty',
];
const INTEGERS = [
  'num_ctx',
  'num_predict',
  'num_keep',
  'num_batch',
  'num_gpu',
  'num_thread',
  'seed',
  'top_k',
  'repeat_last_n',
];

/**
 * What `POST /api/chat` of Ollama insists on.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export const OLLAMA_RULES: readonly Rule[] = [
  {
    id: 'model-required',
    check: ({ model }) => (textOr(model) === '' ? refuse('model is required') : undefined),
  },
  { id: 'types', check: types },
  { id: 'messages', check: messages },
  { id: 'format', check: format },
  { id: 'think', check: think },
  { id: 'options', check: options },
  { id: 'tools', check: tools },
];

function refuse(error: string): Refusal {
  return { status: 400, type: 'api_error', message: error };
}

function unmarshal(what: string, field: string, type: string): Refusal {
  return refuse(`json: cannot unmarshal ${what} into Go struct field ChatRequest.${field} of type ${type}`);
}

/** A JSON type as Go calls it. */
function kind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function types({ stream, messages: list, tools: own }: Body): Refusal | undefined {
  if (given(stream) && typeof stream !== 'boolean') return unmarshal(kind(stream), 'stream', 'bool');
  if (given(list) && !Array.isArray(list)) return unmarshal(kind(list), 'messages', '[]api.Message');
  return given(own) && !Array.isArray(own) ? unmarshal(kind(own), 'tools', 'api.Tools') : undefined;
}

function messages({ messages: list }: Body): Refusal | undefined {
  for (const message of objects(list)) {
    const { content, images } = message;
    if (given(content) && typeof content !== 'string')
      return unmarshal(kind(content), 'messages.content', 'string');
    if (given(images) && !Array.isArray(images))
      return unmarshal(kind(images), 'messages.images', '[]api.ImageData');
    for (const call of objects(message['tool_calls'])) {
      const args = objectOr(call['function'])['arguments'];
      if (given(args) && !isObject(args))
        return unmarshal(
          kind(args),
          'messages.tool_calls.function.arguments',
          'api.ToolCallFunctionArguments',
        );
    }
  }
  return undefined;
}

function format({ format: value }: Body): Refusal | undefined {
  if (!given(value) || value === '' || value === 'json' || isObject(value)) return undefined;
  return refuse(`invalid format: ${JSON.stringify(value)}; expected "json" or a valid JSON Schema object`);
}

function think({ think: value, model }: Body): Refusal | undefined {
  if (!given(value)) return undefined;
  if (typeof value !== 'boolean' && !['high', 'medium', 'low', 'max'].includes(textOr(value)))
    return refuse(
      `invalid think value: ${JSON.stringify(value)} (must be "high", "medium", "low", true, or false)`,
    );
  return value !== false && WITHOUT_THINKING.test(textOr(model))
    ? refuse(`${JSON.stringify(model)} does not support thinking`)
    : undefined;
}

function options({ options: own }: Body): Refusal | undefined {
  const values = objectOr(own);
  const float = FLOATS.find((name) => given(values[name]) && typeof values[name] !== 'number');
  if (float !== undefined) return refuse(`option "${float}" must be of type float32`);
  const integer = INTEGERS.find((name) => given(values[name]) && typeof values[name] !== 'number');
  if (integer !== undefined) return refuse(`option "${integer}" must be of type integer`);
  const { stop } = values;
  return given(stop) && !Array.isArray(stop) ? refuse('option "stop" must be of type array') : undefined;
}

function tools({ tools: list, model }: Body): Refusal | undefined {
  if (objects(list).length === 0 || !WITHOUT_TOOLS.test(textOr(model))) return undefined;
  const name = textOr(model);
  return refuse(
    `registry.ollama.ai/library/${name.includes(':') ? name : `${name}:latest`} does not support tools`,
  );
}
