import type { FieldChange } from '../contract/decision.js';
import { FORBIDDEN_FIELDS } from '../contract/fix.js';
import type { Params, RequestView } from '../contract/request.js';
import {
  ANTHROPIC_MESSAGES,
  BEDROCK_CONVERSE,
  OPENAI_CHAT,
  messagesOf,
  roleOf,
} from '../patterns/conversation.js';
import { IDENTIFIERS, MAX_IDENTIFIER } from '../patterns/function-name.js';
import { isRecord, own } from '../patterns/own.js';
import { rootOf } from '../patterns/path.js';
import { OPENAI_RESPONSES } from '../patterns/responses/items.js';
import { copyWithout } from './copy.js';
import { diffParams } from './diff.js';
import { shortText } from './short-text.js';
import { ACCOUNT_FIELDS } from './repairs/drop-account-fields.js';

/** Whether a repaired request may go out; when not, the field and the rule that forbid it. */
export type GuardVerdict =
  { readonly allowed: true } | { readonly allowed: false; readonly field: string; readonly rule: string };

/** A provider rule that shows in the parameters alone. */
interface ProviderRule {
  readonly field: string;
  readonly rule: string;
  readonly applies: (view: RequestView) => boolean;
  readonly broken: (params: Params) => boolean;
}

/**
 * Above this the Anthropic SDK throws on a call that does not stream, expecting it to take over ten minutes.
 * @see `calculateNonstreamingTimeout` in `@anthropic-ai/sdk` 1.11: 128,000 tokens an hour
 */
const ANTHROPIC_NONSTREAMING_TOKENS = 21_333;

const CLOSED: ReadonlySet<string> = new Set(FORBIDDEN_FIELDS);
const ALLOWED: GuardVerdict = Object.freeze({ allowed: true });

const isAnthropic = (view: RequestView): boolean => view.api === ANTHROPIC_MESSAGES;

const RULES: readonly ProviderRule[] = [
  {
    field: 'max_tokens',
    rule: `above ${ANTHROPIC_NONSTREAMING_TOKENS} tokens the Anthropic SDK demands streaming`,
    applies: isAnthropic,
    broken: (params) =>
      params['stream'] !== true && numberIn(params, 'max_tokens') > ANTHROPIC_NONSTREAMING_TOKENS,
  },
  {
    field: 'temperature',
    rule: 'with thinking on, Anthropic takes no temperature but 1',
    applies: isAnthropic,
    broken: (params) => isThinking(params) && (params['temperature'] ?? 1) !== 1,
  },
  {
    field: 'thinking.budget_tokens',
    rule: 'the thinking budget must stay below max_tokens',
    applies: isAnthropic,
    broken: (params) => numberIn(params['thinking'], 'budget_tokens') >= numberIn(params, 'max_tokens'),
  },
  {
    field: 'max_completion_tokens',
    rule: 'OpenAI refuses max_tokens beside max_completion_tokens',
    applies: (view) => view.api === OPENAI_CHAT,
    broken: bothLimits,
  },
  {
    field: 'messages',
    rule: 'Converse takes messages of user and assistant alone, with a list of blocks without types',
    applies: (view) => view.api === BEDROCK_CONVERSE,
    broken: (params) => !messagesOf(params).every(isConverseMessage),
  },
];

/** The same as the closed fields, where an API (Google's) keeps them inside `config`. */
const CLOSED_IN_CONFIG: readonly string[] = ['httpOptions', 'abortSignal', 'store'];

/**
 * Decides whether the result of a fix may go out: no closed field may differ, and no provider rule may be broken that the
 * request kept before. On Azure the model names the deployment in the URL, so it is closed there.
 * @param view - the request before; its `params` are what the fix started from.
 * @param changes - what differs, where that is known.
 */
export function guardFix(
  view: RequestView,
  after: Params,
  changes: readonly FieldChange[] = diffParams(view.params, after),
): GuardVerdict {
  const before = view.params;
  const closed = changedClosed(changes, after, view);
  if (closed !== undefined) return refuse(closed, 'the field is closed to fixes');
  const [old, config] = [own(before, 'config'), own(after, 'config')];
  if (old !== config) {
    for (const field of CLOSED_IN_CONFIG)
      if (own(old, field) !== own(config, field))
        return refuse(`config.${field}`, 'the field is closed to fixes');
  }
  if (view.provider === 'azure.ai.openai' && before['model'] !== after['model']) {
    return refuse('model', 'on Azure the model selects the deployment in the URL, which no fix may change');
  }
  for (const { field, rule, applies, broken } of RULES) {
    if (applies(view) && broken(after) && !broken(before)) return refuse(field, rule);
  }
  return ALLOWED;
}

/** A closed field that changed, as a whole or in part. */
function changedClosed(
  changes: readonly FieldChange[],
  after: Params,
  view: RequestView,
): string | undefined {
  for (const { path } of changes) {
    const field = rootOf(path);
    if (!CLOSED.has(field) || own(view.params, field) === own(after, field)) continue;
    if (!mayChange(field, view, after)) return field;
  }
  return undefined;
}

/** Closed fields of OpenAI that Anthropic's API refuses. Without them it bills, stores and answers as it would anyway. */
const UNKNOWN_TO_ANTHROPIC: readonly string[] = ['user', 'store', 'safety_identifier', 'stream_options'];

/** What providers refuse in a closed field: options of a stream that is none, or of another API, and long identifiers. */
function mayChange(field: string, view: RequestView, after: Params): boolean {
  const [old, now] = [own(view.params, field), own(after, field)];
  if (view.provider === 'mistral_ai' && now === undefined && ACCOUNT_FIELDS.includes(field)) return true;
  if (isAnthropic(view) && now === undefined && UNKNOWN_TO_ANTHROPIC.includes(field)) return true;
  if (field === 'stream_options') return mayChangeOptions(view, now);
  return IDENTIFIERS.includes(field) && typeof old === 'string' && now === shortText(old, MAX_IDENTIFIER);
}

function mayChangeOptions({ api, params }: RequestView, now: unknown): boolean {
  if (params['stream'] !== true && now === undefined) return true;
  const old = withoutUsage(own(params, 'stream_options'));
  return api === OPENAI_RESPONSES && diffParams(old, withoutUsage(now)).length === 0;
}

/** The options of a stream without the one that only chat completions know; none instead of empty ones. */
function withoutUsage(options: unknown): unknown {
  const rest = isRecord(options) ? copyWithout(options, 'include_usage') : options;
  return isRecord(rest) && Object.keys(rest).length === 0 ? undefined : rest;
}

function refuse(field: string, rule: string): GuardVerdict {
  return { allowed: false, field, rule };
}

function isThinking(params: Params): boolean {
  const type = own(params['thinking'], 'type');
  return type === 'enabled' || type === 'adaptive';
}

function isConverseMessage(message: unknown): boolean {
  const content = own(message, 'content');
  const role = roleOf(message);
  if (!Array.isArray(content) || (role !== 'user' && role !== 'assistant')) return false;
  return content.every((block) => own(block, 'type') === undefined);
}

function bothLimits(params: Params): boolean {
  return (params['max_tokens'] ?? null) !== null && (params['max_completion_tokens'] ?? null) !== null;
}

/** The number, or NaN, which no comparison holds for. */
function numberIn(value: unknown, key: string): number {
  const number = own(value, key);
  return typeof number === 'number' ? number : Number.NaN;
}
