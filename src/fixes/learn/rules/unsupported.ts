import type { FixOperation } from '../../../contract/fix.js';
import type { Match } from '../../../contract/pattern.js';
import { API_PARAMETERS } from '../../../patterns/api-parameters.js';
import { ANTHROPIC_MESSAGES, OPENAI_CHAT } from '../../../patterns/conversation.js';
import { KNOWN_PARAMETERS } from '../../../patterns/fields.js';
import { fieldOf } from '../locate.js';
import { lossOf } from '../loss.js';
import { proposeRepair } from '../propose-repair.js';
import { type Refused, type RefusedField, type Remedy, matchAt } from '../refused.js';

/** The provider has no use for a field, at all or with this model. */
const UNSUPPORTED = new RegExp(
  [
    String.raw`unsupported|not supported|n[’'o]t support|no support|doesn.t support|not available|not enabled`,
    String.raw`unknown|unrecognized|unrecognised|unexpected|extraneous|additional propert|extra (?:inputs?|fields?)|no such`,
    String.raw`deprecated|removed|incompatible|not compatible|not (?:allowed|permitted|accepted|applicable)|cannot be (?:set|used)`,
    String.raw`may only be set to|must (?:be|remain) unset|cannot find field|not a valid (?:parameter|field|argument)`,
  ].join('|'),
  'i',
);

/** The provider never takes it, whatever the model. */
const UNKNOWN =
  /unknown|extraneous|unrecognized|unrecognised|unexpected|additional propert|extra (?:inputs?|fields?)|no such|cannot find/i;
/** A value is refused, and the field's default is what remains. */
const DEFAULT_ONLY = /only the default(?: value)? \(?['"`]?(-?[\w.]{1,20})/i;
/** One value is refused: `top_p cannot be set to -1`. */
const ONE_VALUE =
  /cannot be set to ['"`(]*(-?[\w.]{1,30})|does not support (?:the value )?['"`](-?[\w.]{1,30})['"`]/i;
const MODEL = /this model|models?\b/i;

/** Repairs that take fields out of messages that an API does not know. */
const STRAY_FIELDS: readonly string[] = [
  'messages.drop_stray_fields',
  'messages.drop_unknown_fields',
  'messages.drop_unknown_block_fields',
  'messages.drop_foreign_fields',
];

/** What models that take one value of `temperature` refuse too. @see https://platform.openai.com/docs/guides/reasoning */
const OPENAI_PROVIDERS: readonly string[] = ['openai', 'azure.ai.openai'];
const SAMPLING: readonly string[] = ['temperature', 'top_p', 'top_k'];

/** Takes out what the provider has no use for. */
export function unsupported(refused: Refused): Remedy | undefined {
  const { text, fields, view } = refused;
  if (!UNSUPPORTED.test(text)) return undefined;
  const named = UNKNOWN.test(text) || fields.length > 1 ? listed(refused) : fields.slice(0, 1);
  const wanted = named.filter(({ path, value }) => lossOf(fieldOf(view.api, path), value) !== 'all');
  const first = wanted[0];
  if (first === undefined) return undefined;
  const [rule, conditions] = conditionOf(text, first);
  const gone = [...wanted, ...companions(refused, first)];
  const names = gone.map(({ path }) => fieldOf(view.api, path));
  return {
    rule,
    description: `The provider takes no ${names.join(', ')} here.`,
    match: matchOf(view.api, gone, conditions),
    fix: [...dependents(names, refused), ...renamed(refused, first), ...others(refused, first)],
    lossy:
      /tools? with/i.test(text) ||
      gone.some(({ path, value }) => lossOf(fieldOf(view.api, path), value) === 'some'),
    everyModel: UNKNOWN.test(text) && !MODEL.test(text),
  };
}

/** The same for a field of messages that cannot go by itself. */
export function strayFields({ text, subject = '', view }: Refused): Remedy | undefined {
  if (!UNKNOWN.test(text) || !/messages|input/.test(`${subject} ${text}`)) return undefined;
  const remedies = STRAY_FIELDS.map((name) => proposeRepair(view, [name]));
  return remedies.find((remedy) => remedy !== undefined);
}

/** The fields that are named as refused: all of a list behind a colon, penalties of every kind, else the first. */
function listed({ text, fields }: Refused): readonly RefusedField[] {
  if (/\bpenalt(?:y|ies)\b/i.test(text))
    return fields.filter(({ path }) => /penalty/i.test(path.at(-1) ?? ''));
  const list =
    /(?:supplied|on this model|unexpected|parameters?|arguments?|fields?)[^:]{0,30}:\s*((?:[\w.]+,\s*)*[\w.]+)\s*\.?\s*$/i.exec(
      text,
    )?.[1];
  const names = list?.split(/,\s*/) ?? [];
  const named = fields.filter(({ name }) => names.includes(name));
  return named.length > 0 ? named : fields.slice(0, 1);
}

function conditionOf(text: string, { value }: RefusedField): readonly [rule: string, condition: Match] {
  const normal = DEFAULT_ONLY.exec(text)?.[1];
  if (normal !== undefined) return ['default-only', { exists: true, '!=': scalar(normal) }];
  const [, set, supported] = ONE_VALUE.exec(text) ?? [];
  const refused = set ?? supported;
  if (refused !== undefined && String(value) === refused && isScalar(value)) return ['value', { '=': value }];
  const only = /may only be set to ['"`]?(-?[\w.]{1,20})/i.exec(text)?.[1];
  if (only !== undefined) return ['fixed-value', { exists: true, '!=': scalar(only) }];
  return ['unsupported', { exists: true }];
}

function matchOf(api: string, fields: readonly RefusedField[], condition: Match): Match {
  const matches = fields.map(({ path }, index) =>
    matchAt(fieldOf(api, path), index === 0 ? condition : { exists: true }),
  );
  return matches.length === 1 ? (matches[0] ?? {}) : { any: matches };
}

/** What goes with tools when they go. */
function dependents(names: readonly string[], { view }: Refused): readonly FixOperation[] {
  const more = names.includes('tools')
    ? ['tool_choice', 'parallel_tool_calls'].filter((name) => view.params[name] !== undefined)
    : [];
  return [{ unset: [...new Set([...names, ...more])] }];
}

/**
 * What the same request would be refused for next: providers name one field at a time, and these go together. Anthropic:
 * the sampling parameters of a model that takes none, and parameters of other APIs.
 */
function companions({ view, text }: Refused, first: RefusedField): readonly RefusedField[] {
  const root = first.path[0] ?? '';
  const names = (known: readonly string[]): readonly RefusedField[] =>
    known
      .filter((name) => name !== root && view.params[name] !== undefined)
      .map((name) => ({ name, path: [name], value: view.params[name] }));
  if (view.api !== ANTHROPIC_MESSAGES || first.path.length !== 1) return [];
  if (SAMPLING.includes(root) && /deprecated/i.test(text)) return names(SAMPLING);
  if (SAMPLING.includes(root) && /thinking/i.test(text)) return names(['top_k']);
  if (first.value === -1) return names(SAMPLING).filter(({ value }) => value === -1);
  if (!UNKNOWN.test(text)) return [];
  const foreign = KNOWN_PARAMETERS.filter((name) => API_PARAMETERS[view.api]?.includes(name) === false);
  return names([...foreign, 'repetition_penalty', 'min_p']).filter(
    ({ value, path }) => lossOf(path.join('.'), value) === 'none',
  );
}

/** Fields of messages come in groups: what one server refuses of one message, it refuses of the next. */
function others({ view, text }: Refused, { path }: RefusedField): readonly FixOperation[] {
  const isInMessage = path.length > 2 && (path[0] === 'messages' || path[0] === 'input');
  if (!isInMessage || !UNKNOWN.test(text)) return [];
  return proposeRepair(view, STRAY_FIELDS)?.fix.slice(0, 1) ?? [];
}

/** OpenAI's models of one temperature know the token limit by its new name alone. */
function renamed({ view, text }: Refused, { path }: RefusedField): readonly FixOperation[] {
  const isReasoning =
    OPENAI_PROVIDERS.includes(view.provider) && view.api === OPENAI_CHAT && /with this model/i.test(text);
  return isReasoning &&
    path[0] === 'temperature' &&
    DEFAULT_ONLY.test(text) &&
    view.params['max_tokens'] !== undefined
    ? [{ rename: { from: 'max_tokens', to: 'max_completion_tokens' } }]
    : [];
}

function scalar(text: string): string | number {
  const number = Number(text.replace(/\.$/, ''));
  return Number.isNaN(number) ? text : number;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
