import { ANTHROPIC_MESSAGE_RULES } from './anthropic-message-rules.js';
import { ANTHROPIC_MODEL_RULES } from './anthropic-model-rules.js';
import { anthropicRefusal } from './anthropic-refusal.js';
import { ANTHROPIC_SHAPE } from './anthropic-shape.js';
import { ANTHROPIC_THINKING_RULES } from './anthropic-thinking-rules.js';
import { ANTHROPIC_TOOL_RULES } from './anthropic-tool-rules.js';
import { ANTHROPIC_TURN_RULES } from './anthropic-turn-rules.js';
import { pydanticWording } from './pydantic-wording.js';
import { given, wellFormed, type Body, type Refusal, type Rule } from './rule.js';
import { faultOf } from './shape.js';

const PARAMETERS = new Set(
  (
    'cache_control container diagnostics inference_geo max_tokens messages metadata model output_config service_tier ' +
    'speed stop_sequences stream system temperature thinking tool_choice tools top_k top_p user_profile_id workspace_id ' +
    // what the clouds add, and what the SDKs make a header of
    'anthropic_version anthropic_beta betas'
  ).split(' '),
);

/** Parameters of betas, which a request asks for by name. */
const BETAS = new Set(
  'billing_policy compaction context_management fallback_credit_token fallbacks mcp_servers output_format thread'.split(
    ' ',
  ),
);

/**
 * What `POST /v1/messages` insists on. Wording as in public issue threads about each failure.
 * @see https://platform.claude.com/docs/en/api/messages/create
 */
export const ANTHROPIC_RULES: readonly Rule[] = [
  { id: 'well-formed', check: wellFormedBody },
  { id: 'model-required', check: required('model') },
  { id: 'max-tokens-required', check: required('max_tokens') },
  { id: 'messages-required', check: required('messages') },
  { id: 'extra-inputs', check: extraInputs },
  { id: 'types', check: types },
  { id: 'ranges', check: ranges },
  { id: 'stop-sequences', check: stopSequences },
  ...ANTHROPIC_MODEL_RULES,
  ...ANTHROPIC_TOOL_RULES,
  ...ANTHROPIC_MESSAGE_RULES,
  ...ANTHROPIC_TURN_RULES,
  ...ANTHROPIC_THINKING_RULES,
];

/** Half of a surrogate pair is no character, and no JSON parser on the other side takes it. */
function wellFormedBody(body: Body): Refusal | undefined {
  return wellFormed(body)
    ? undefined
    : anthropicRefusal(
        'The request body is not valid JSON: no low surrogate in string: line 1 column 1 (char 0)',
      );
}

function required(name: string) {
  return (body: Body): Refusal | undefined =>
    given(body[name]) ? undefined : anthropicRefusal(`${name}: Field required`);
}

function extraInputs(body: Body): Refusal | undefined {
  const isBeta = given(body['betas']) || given(body['anthropic_beta']);
  const extra = Object.keys(body).find((name) => !PARAMETERS.has(name) && !(isBeta && BETAS.has(name)));
  return extra === undefined ? undefined : anthropicRefusal(`${extra}: Extra inputs are not permitted`);
}

function types(body: Body): Refusal | undefined {
  const fault = faultOf(ANTHROPIC_SHAPE, body);
  return fault && anthropicRefusal(`${fault.path.join('.')}: ${pydanticWording(fault)}`);
}

function ranges({ temperature, top_p }: Body): Refusal | undefined {
  if (typeof temperature === 'number' && (temperature < 0 || temperature > 1))
    return anthropicRefusal('temperature: range: -1 or 0..1');
  if (top_p === -1) return anthropicRefusal('top_p cannot be set to -1 for this model.');
  if (typeof top_p === 'number' && (top_p < 0 || top_p > 1))
    return anthropicRefusal('top_p: range: -1 or 0..1');
  return undefined;
}

function stopSequences({ stop_sequences: list }: Body): Refusal | undefined {
  const isBlank = Array.isArray(list) && list.some((text) => typeof text === 'string' && text.trim() === '');
  return isBlank
    ? anthropicRefusal('stop_sequences: each stop sequence must contain non-whitespace')
    : undefined;
}
