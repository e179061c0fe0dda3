import { ANTHROPIC_MODEL_RULES } from '../../../src/cli/demo/model-server/anthropic-model-rules.js';
import { ANTHROPIC_THINKING_RULES } from '../../../src/cli/demo/model-server/anthropic-thinking-rules.js';
import {
  firstRefusal,
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
import { BEDROCK_TURN_RULES } from './bedrock-turns.js';
import { BEDROCK_SHAPE } from './bedrock-shape.js';
import { validation } from './bedrock-refusal.js';

/**
 * Families that cannot do everything.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html
 */
const WITHOUT_TOOLS =
  /titan-text|llama2|llama3-(8|70)b|mistral-7b|mixtral-8x7b|j2-|jamba-instruct|command-text|command-light|deepseek\.r1/;
const WITHOUT_SYSTEM = /titan-text|mistral-7b|mixtral-8x7b|j2-|command-text|command-light/;
const WITHOUT_FORCE = /meta\.llama/;

/**
 * What `Converse` insists on.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const BEDROCK_RULES: readonly Rule[] = [
  { id: 'types', check: types },
  { id: 'features', check: features },
  { id: 'tool-names-unique', check: toolNamesUnique },
  ...BEDROCK_TURN_RULES,
  { id: 'claude', check: claude },
];

function types(body: Body): Refusal | undefined {
  const fault = faultOf(BEDROCK_SHAPE, body);
  return fault && validation(words(fault));
}

const CONSTRAINTS: Readonly<Partial<Record<Fault['kind'], string>>> = {
  minimum: 'Member must have value greater than or equal to',
  maximum: 'Member must have value less than or equal to',
  short: 'Member must have length greater than or equal to',
  long: 'Member must have length less than or equal to',
  few: 'Member must have length greater than or equal to',
  many: 'Member must have length less than or equal to',
  pattern: 'Member must satisfy regular expression pattern:',
  value: 'Member must satisfy enum value set:',
};

/** Smithy counts the items of a list from one and calls each `member`. */
function words({ path, kind, expected, value, type }: Fault): string {
  const place = path.map((part) => (typeof part === 'number' ? `${part + 1}.member` : part)).join('.');
  if (kind === 'missing')
    return `1 validation error detected: Value null at '${place}' failed to satisfy constraint: Member must not be null`;
  if (kind === 'type')
    return `The format of value ${JSON.stringify(value)} at '${place}' is invalid: ${type} is expected. Provide a value of that type and try again.`;
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const bound = Array.isArray(expected) ? `[${expected.join(', ')}]` : String(expected);
  return `1 validation error detected: Value '${shown}' at '${place}' failed to satisfy constraint: ${CONSTRAINTS[kind] ?? 'Member must be valid:'} ${bound}`;
}

function features({ modelId, system, toolConfig, inferenceConfig }: Body): Refusal | undefined {
  const model = textOr(modelId);
  const lacks = (field: string): Refusal =>
    validation(`This model doesn't support the ${field} field. Remove ${field} and try again.`);
  if (WITHOUT_TOOLS.test(model) && given(toolConfig))
    return validation("This model doesn't support tool use.");
  if (WITHOUT_SYSTEM.test(model) && objects(system).length > 0)
    return validation(
      "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
    );
  const sampler = /grok/.test(model)
    ? ['temperature', 'topP'].find((name) => given(objectOr(inferenceConfig)[name]))
    : undefined;
  if (sampler !== undefined) return lacks(sampler);
  const forced = ['any', 'tool'].find((name) => given(objectOr(objectOr(toolConfig)['toolChoice'])[name]));
  return forced !== undefined && WITHOUT_FORCE.test(model)
    ? lacks(`toolConfig.toolChoice.${forced}`)
    : undefined;
}

function toolNamesUnique({ toolConfig }: Body): Refusal | undefined {
  const names = objects(objectOr(toolConfig)['tools']).flatMap(({ toolSpec }) =>
    isObject(toolSpec) ? [textOr(toolSpec['name'])] : [],
  );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined
    ? undefined
    : validation(
        `The tool configuration contains duplicate tool name: ${twice}. Remove the duplicate and try again.`,
      );
}

/** Claude's own limits, which Bedrock passes on. */
function claude({
  modelId,
  messages,
  inferenceConfig,
  additionalModelRequestFields,
  toolConfig,
}: Body): Refusal | undefined {
  if (!textOr(modelId).includes('claude')) return undefined;
  const { maxTokens, temperature, topP } = objectOr(inferenceConfig);
  const choice = objectOr(objectOr(toolConfig)['toolChoice']);
  const more = objectOr(additionalModelRequestFields);
  const body: Body = {
    ...more,
    model: modelId,
    messages: objects(messages).map(({ role }) => ({ role, content: [] })),
    max_tokens: maxTokens,
    temperature: temperature ?? more['temperature'],
    top_p: topP ?? more['top_p'],
    tool_choice: { type: given(choice['any']) || given(choice['tool']) ? 'any' : 'auto' },
  };
  const refusal = firstRefusal([...ANTHROPIC_MODEL_RULES, ...ANTHROPIC_THINKING_RULES], body);
  return refusal && refusal.status === 400
    ? validation(`The model returned the following errors: ${refusal.message}`)
    : undefined;
}
