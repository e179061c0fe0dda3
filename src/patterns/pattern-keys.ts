import type { PatternScope } from '../contract/pattern.js';
import type { Schema } from './arguments.js';
import { durationProblem } from './duration.js';

/** A key of a pattern: what it takes and what it means. */
export interface KeySpec {
  /** As a cell of a table, in Markdown. */
  readonly takes: string;
  readonly doc: string;
  readonly schema: Schema;
  /** What is wrong with a value; absent where a file of its own checks the key. */
  readonly check?: (value: unknown) => string | undefined;
}

const LONGEST_NAME = 128;
const NAME = '^[a-z0-9]+(?:[.-][a-z0-9]+)*$';
const NAME_PATTERN = new RegExp(NAME);
const MODES: readonly string[] = ['apply', 'shadow', 'off'];

/** What an id or a pack's name must be. */
export const NAME_RULE = `lower-case words joined by dots and dashes, at most ${LONGEST_NAME} characters`;
/** The same for editors. */
export const NAME_SCHEMA: Schema = { type: 'string', pattern: NAME, maxLength: LONGEST_NAME };

const SHARE: Schema = { type: 'number', minimum: 0, maximum: 1 };

/** Every key of a pattern, in the order they are documented. */
export const PATTERN_KEYS: { readonly [key: string]: KeySpec } = {
  id: { takes: 'a name', doc: `Unique in a process; ${NAME_RULE}.`, schema: NAME_SCHEMA, check: nameProblem },
  version: {
    takes: 'a whole number from 1',
    doc: 'Counts up with each change; the highest version of an id runs. 1 when left out.',
    schema: { type: 'integer', minimum: 1 },
    check: (value) =>
      Number.isSafeInteger(value) && Number(value) >= 1 ? undefined : 'must be a whole number from 1',
  },
  description: {
    takes: 'a text',
    doc: 'What goes wrong, for people.',
    schema: { type: 'string' },
    check: textProblem,
  },
  scope: {
    takes: 'an object',
    doc: 'Where the pattern is in force; everywhere when left out.',
    schema: { $ref: '#/definitions/scope' },
  },
  match: { takes: 'a match', doc: 'The requests it is for.', schema: { $ref: '#/definitions/match' } },
  pattern: {
    takes: 'a match',
    doc: '`match` in the short form, which needs no id.',
    schema: { $ref: '#/definitions/match' },
  },
  fix: {
    takes: 'a list of operations, or the values to set',
    doc: 'What is sent instead.',
    schema: { $ref: '#/definitions/fix' },
  },
  confidence: {
    takes: 'a number from 0 to 1',
    doc: "How sure you are that the repair is right; below the process's `minConfidence` nothing is changed. 1 when left out.",
    schema: SHARE,
    check: shareProblem,
  },
  priority: {
    takes: 'a number',
    doc: 'Higher acts first; ties go by id. 0 when left out.',
    schema: { type: 'number' },
    check: (value) => (Number.isFinite(value) ? undefined : 'must be a finite number'),
  },
  rollout: {
    takes: 'a number from 0 to 1',
    doc: 'Share of the matching requests that are repaired; the rest are control and go out as they came. 1 when left out.',
    schema: SHARE,
    check: shareProblem,
  },
  mode: {
    takes: '`apply`, `shadow` or `off`',
    doc: "Narrows the process's mode for this pattern: `shadow` records, `off` looks at nothing.",
    schema: { enum: MODES },
    check: (value) => (MODES.some((mode) => mode === value) ? undefined : 'must be apply, shadow or off'),
  },
  lossy: {
    takes: '`true` or `false`',
    doc: 'Whether the repair drops something the caller wrote: a lossy one acts only where `lossy` (`ARC_LOSSY`) allows it.',
    schema: { type: 'boolean' },
    check: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  },
  expires: {
    takes: 'an RFC 3339 instant',
    doc: 'From then on the pattern is dead.',
    schema: {
      type: 'string',
      pattern: String.raw`^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$`,
    },
    check: instantProblem,
  },
  ttl: {
    takes: 'a duration: `30d`, `12h`, `P30D`',
    doc: 'How long the pattern lives from when a process first got this version of it.',
    schema: { type: 'string', pattern: String.raw`^(\d+(\.\d+)?[wdhms]|P[\dWDTHMS.]+)$` },
    check: durationProblem,
  },
  source: {
    takes: 'a text',
    doc: 'Where the failure is documented, best a public URL.',
    schema: { type: 'string' },
    check: textProblem,
  },
  tests: {
    takes: 'a list of tests',
    doc: 'Requests and what is to become of them; not part of what processes get.',
    schema: { $ref: '#/definitions/tests' },
  },
};

/** Every part of a scope with its meaning, in the order they are documented. */
export const SCOPE_PARTS: { readonly [Part in keyof PatternScope]-?: string } = {
  provider: 'Provider of the request (`gen_ai.provider.name`), e.g. `azure.ai.openai`.',
  api: "The provider's API, e.g. `openai.chat.completions`.",
  service: '`service.name` of the process.',
  environment: '`deployment.environment.name` of the process.',
  agent: 'The agent at work, as the application says with `withArcContext`.',
};

/** What is wrong with a pattern id or pack name, or undefined. */
export function nameProblem(value: unknown): string | undefined {
  const fits = typeof value === 'string' && value.length <= LONGEST_NAME && NAME_PATTERN.test(value);
  return fits ? undefined : `must be ${NAME_RULE}`;
}

function textProblem(value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : 'must be a text';
}

function shareProblem(value: unknown): string | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'must be a number from 0 to 1';
}

function instantProblem(value: unknown): string | undefined {
  const rule = 'must be an RFC 3339 instant such as 2027-11-01T00:00:00Z';
  if (typeof value !== 'string') return rule;
  const date = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/.exec(
    value,
  )?.[1];
  if (date === undefined || Number.isNaN(Date.parse(value))) return rule;
  // V8 reads 30 February as 2 March; a day that does not survive the round trip does not exist.
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date) ? undefined : rule;
}
