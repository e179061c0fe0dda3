/**
 * What the GenAI conventions say (development channel of 2026, open-telemetry/semantic-conventions-genai:
 * docs/gen-ai/gen-ai-spans.md, gen-ai-metrics.md, gen-ai-exceptions.md, openai.md), and what Arc adds. Written by hand
 * from those pages, not from the code: every name, type and level that is emitted is held against it.
 */

/**
 * Types of attributes. `json` is the conventions' `any`, which spans carry as JSON text, where it is a list or object;
 * `any` where it may be a mere text.
 */
export type ValueType = 'string' | 'int' | 'double' | 'boolean' | 'string[]' | 'json' | 'any';

/** A call, as far as it decides which attributes its span must have. */
export interface Scene {
  readonly provider: string;
  readonly operation: 'chat' | 'text_completion' | 'embeddings';
  readonly api: string;
  /** What is sent, after a repair. */
  readonly params: Readonly<Record<string, unknown>>;
  /** `error`: no answer came; `broken`: a stream failed on its way; `left`: nobody read it to its end. */
  readonly ends?: 'well' | 'error' | 'broken' | 'left';
  readonly decision?: 'pass' | 'fix' | 'shadow' | 'bypass';
  readonly captured?: boolean;
  /** False where the answer tells no usage, e.g. a stream that was not asked to. */
  readonly counted?: boolean;
  readonly usageInjected?: boolean;
  readonly legacy?: boolean;
  /** Made inside `withArcContext`, with every value given. */
  readonly inContext?: boolean;
}

/**
 * When an attribute is there: never without the condition, and always with it. `maybe`: where the provider says so;
 * then only its type is checked.
 */
export type Presence = 'always' | 'maybe' | ((scene: Scene) => boolean | 'maybe');

/** One attribute. `start`: set when the span is made, since samplers look at it. */
export interface Rule {
  readonly type: ValueType;
  readonly level: 'required' | 'conditional' | 'recommended' | 'opt-in' | 'arc';
  readonly when: Presence;
  readonly start?: true;
}

const given =
  (...names: readonly string[]) =>
  ({ params }: Scene): boolean =>
    names.some((name) => params[name] !== undefined && params[name] !== null);
const inside =
  (outer: string, inner: string) =>
  ({ params }: Scene): boolean =>
    (params[outer] as Readonly<Record<string, unknown>> | undefined)?.[inner] !== undefined;
const isOpenAi = ({ provider }: Scene): boolean => provider === 'openai';
const isStream = ({ params }: Scene): boolean => params['stream'] === true;
const failed = ({ ends }: Scene): boolean => ends === 'error' || ends === 'broken';
const began = ({ ends }: Scene): boolean => ends !== 'error';
const answered = ({ ends = 'well' }: Scene): boolean => ends === 'well';
const generates = ({ operation }: Scene): boolean => operation !== 'embeddings';
const counted = (scene: Scene): boolean | 'maybe' =>
  answered(scene) ? scene.counted !== false : began(scene) && 'maybe';
const fixed = ({ decision }: Scene): boolean => decision === 'fix';
const inContext = (scene: Scene): boolean => scene.inContext === true;
const repairs = ({ decision }: Scene): boolean => decision === 'fix' || decision === 'shadow';

const required = (type: ValueType): Rule => ({ type, level: 'required', when: 'always', start: true });
const conditional = (type: ValueType, when: Presence): Rule => ({ type, level: 'conditional', when });
const recommended = (type: ValueType, when: Presence): Rule => ({ type, level: 'recommended', when });
const optIn = (when: Presence): Rule => ({ type: 'json', level: 'opt-in', when });
const arc = (type: ValueType, when: Presence): Rule => ({ type, level: 'arc', when });

/** Every attribute a span of a model call may have. */
export const SPAN_ATTRIBUTES: Readonly<Record<string, Rule>> = {
  'gen_ai.operation.name': required('string'),
  'gen_ai.provider.name': required('string'),
  'gen_ai.request.model': { ...conditional('string', given('model')), start: true },
  'server.address': { ...recommended('string', 'always'), start: true },
  'server.port': { ...conditional('int', 'always'), start: true },
  'error.type': conditional('string', failed),
  'http.response.status_code': recommended('int', 'maybe'),
  'gen_ai.conversation.id': conditional(
    'string',
    (scene) => given('conversation')(scene) || inContext(scene),
  ),
  'gen_ai.output.type': conditional(
    'string',
    (scene) =>
      given('response_format')(scene) ||
      inside('output_config', 'format')(scene) ||
      inside('text', 'format')(scene),
  ),
  'gen_ai.request.choice.count': conditional('int', (scene) => given('n')(scene) && scene.params['n'] !== 1),
  'gen_ai.request.seed': conditional('int', given('seed')),
  'gen_ai.request.stream': conditional('boolean', isStream),
  'gen_ai.request.top_k': conditional('int', (scene) => Number.isInteger(scene.params['top_k'])),
  'gen_ai.request.frequency_penalty': recommended('double', given('frequency_penalty')),
  'gen_ai.request.presence_penalty': recommended('double', given('presence_penalty')),
  'gen_ai.request.temperature': recommended('double', given('temperature')),
  'gen_ai.request.top_p': recommended('double', given('top_p')),
  'gen_ai.request.max_tokens': recommended(
    'int',
    given('max_tokens', 'max_completion_tokens', 'max_output_tokens'),
  ),
  'gen_ai.request.previous_response.id': recommended('string', given('previous_response_id')),
  'gen_ai.prompt.name': conditional('string', inside('prompt', 'id')),
  'gen_ai.prompt.version': conditional('string', inside('prompt', 'version')),
  'gen_ai.request.reasoning.level': recommended(
    'string',
    (scene) =>
      given('reasoning_effort')(scene) ||
      inside('reasoning', 'effort')(scene) ||
      inside('output_config', 'effort')(scene),
  ),
  'gen_ai.request.stop_sequences': recommended('string[]', given('stop', 'stop_sequences')),
  'gen_ai.request.encoding_formats': recommended('string[]', given('encoding_format')),
  'gen_ai.embeddings.dimension.count': recommended('int', given('dimensions')),
  'gen_ai.response.finish_reasons': recommended('string[]', (scene) => generates(scene) && began(scene)),
  'gen_ai.response.id': recommended('string', (scene) => generates(scene) && began(scene)),
  'gen_ai.response.model': recommended('string', began),
  'gen_ai.response.time_to_first_chunk': recommended('double', (scene) => isStream(scene) && began(scene)),
  'gen_ai.usage.input_tokens': recommended('int', counted),
  'gen_ai.usage.output_tokens': recommended('int', (scene) => generates(scene) && counted(scene)),
  'gen_ai.usage.cache_read.input_tokens': recommended('int', 'maybe'),
  'gen_ai.usage.cache_write.input_tokens': recommended('int', 'maybe'),
  'gen_ai.usage.reasoning.output_tokens': recommended('int', 'maybe'),
  ...ofEachModality(),
  'gen_ai.input.messages': optIn((scene) => scene.captured === true && generates(scene)),
  'gen_ai.output.messages': optIn((scene) => scene.captured === true && answered(scene) && generates(scene)),
  'gen_ai.system_instructions': optIn(
    (scene) => scene.captured === true && given('system', 'instructions')(scene),
  ),
  'gen_ai.tool.definitions': optIn((scene) => scene.captured === true && given('tools')(scene)),

  'openai.api.type': recommended('string', (scene) => isOpenAi(scene) && scene.operation === 'chat'),
  'openai.request.service_tier': conditional(
    'string',
    (scene) => isOpenAi(scene) && given('service_tier')(scene) && scene.params['service_tier'] !== 'auto',
  ),
  'openai.response.service_tier': conditional('string', 'maybe'),
  'openai.response.system_fingerprint': recommended('string', 'maybe'),
  'aws.bedrock.guardrail.id': conditional('string', inside('guardrailConfig', 'guardrailIdentifier')),

  'arc.api': arc('string', 'always'),
  'arc.decision': arc('string', 'always'),
  'arc.bypass.reason': arc('string', ({ decision }) => decision === 'bypass'),
  'arc.match.duration': arc('double', 'always'),
  'arc.pattern.id': arc('string', repairs),
  'arc.pattern.version': arc('int', repairs),
  'arc.pattern.confidence': arc('double', repairs),
  'arc.propensity': arc('double', 'maybe'),
  'arc.patterns': arc('string[]', repairs),
  'arc.fix.fields': arc('string[]', repairs),
  'arc.request.changes': arc('json', repairs),
  'arc.request.original.temperature': arc('double', fixed),
  'arc.pipeline': { ...arc('string', inContext), start: true },
  'arc.tags': { ...arc('string[]', inContext), start: true },
  'gen_ai.agent.name': { ...arc('string', inContext), start: true },
  'user.id': { ...arc('string', inContext), start: true },
  'arc.usage.injected': arc('boolean', ({ usageInjected }) => usageInjected === true),
};

/** Token counts of each modality, where the provider tells them. */
function ofEachModality(): Readonly<Record<string, Rule>> {
  const kinds = ['input_tokens', 'output_tokens', 'cache_read.input_tokens'];
  const names = ['text', 'image', 'audio'].flatMap((modality) =>
    kinds.map((kind) => `gen_ai.usage.${modality}.${kind}`),
  );
  return Object.fromEntries(names.map((name) => [name, recommended('int', 'maybe')]));
}

/** Names of the conventions 1.36 to 1.41 that are emitted on demand beside the others. */
export const LEGACY_SPAN_ATTRIBUTES: Readonly<Record<string, Rule>> = {
  'gen_ai.system': required('string'),
  'gen_ai.usage.cache_creation.input_tokens': recommended('int', 'maybe'),
};

/** Attributes of the log event of a failed call. */
export const EXCEPTION_EVENT: Readonly<Record<string, ValueType>> = {
  'exception.type': 'string',
  'exception.message': 'string',
  'gen_ai.operation.name': 'string',
  'gen_ai.provider.name': 'string',
};

/** Events on spans, with their attributes. */
export const SPAN_EVENTS: Readonly<Record<string, readonly string[]>> = {
  exception: ['exception.type', 'exception.message'],
  'arc.error': ['exception.type', 'exception.message'],
};
