import { isDeepStrictEqual } from 'node:util';
import type { Match, PatternDefinition } from '../../contract/pattern.js';
import { isRecord } from '../own.js';
import { conjunctionOf, type Conjunction } from './conjunction.js';
import { areCompatible } from './logic.js';
import { demandDifferent, isDecided, type Profile } from './profile.js';
import { describeWrite, differ } from './writes.js';

/** What is derived from messages, tools and instructions: conditions on two of these are not independent. */
const CONTENT = 'content';
const CONTENT_FIELDS: readonly string[] = [
  'facts',
  'messages',
  'system',
  'tools',
  'functions',
  'input',
  'contents',
];

/**
 * Why two patterns of one priority contradict each other, or undefined when that cannot be shown: they leave a field with
 * different values, and some requests fall under both. The second is taken as shown only when every field both speak of is
 * understood in full, or asked the same.
 * @param own - the first pattern's match, taken apart.
 */
export function conflictOf(pattern: Profile, own: Conjunction, other: Profile): string | undefined {
  if (pattern.pattern.priority !== other.pattern.priority || demandDifferent(pattern, other))
    return undefined;
  if (!runTogether(pattern.pattern, other.pattern)) return undefined;
  const field = contestedField(pattern, other);
  if (field === undefined || !overlap(own, pattern.match, other.match)) return undefined;
  const [mine, its] = [pattern, other].map(({ writes }) => {
    const write = writes.get(field);
    return write === undefined ? '' : describeWrite(write);
  });
  return (
    `conflicts with "${other.pattern.id}" over ${field}: some requests fall under both, this one ${mine}, the other ${its}, ` +
    `and only the order of their ids decides; give one of them the higher priority`
  );
}

/** Both are applied where both are in force. */
function runTogether(a: PatternDefinition, b: PatternDefinition): boolean {
  if ((a.mode ?? 'apply') !== 'apply' || (b.mode ?? 'apply') !== 'apply') return false;
  const parts = ['service', 'environment'] as const;
  return parts.every((part) => {
    const [mine, its] = [a.scope?.[part], b.scope?.[part]];
    return mine === undefined || its === undefined || mine.some((value) => its.includes(value));
  });
}

function contestedField(a: Profile, b: Profile): string | undefined {
  for (const [field, write] of a.writes) {
    const other = b.writes.get(field);
    if (other !== undefined && differ(write, other)) return field;
  }
  return undefined;
}

/** Whether some request has both shapes, each shape being possible by itself; false when that cannot be shown. */
function overlap(first: Conjunction, a: Match, b: Match): boolean {
  const second = conjunctionOf([{ match: b, path: [] }], 'request');
  const roots = rootsOf(first);
  for (const [root, fields] of rootsOf(second)) {
    const known = roots.get(root);
    if (known !== undefined && !areUnderstood({ first, second }, known, fields)) return false;
  }
  return areCompatible(a, b);
}

/** The fields of a match by what they are a part of; alternatives and negations stand for each field they speak of. */
function rootsOf({ tests, alternatives, negations }: Conjunction): ReadonlyMap<string, ReadonlySet<string>> {
  const roots = new Map<string, Set<string>>();
  const add = (field: string, as: string): void => {
    const root = rootOf(field);
    const known = roots.get(root);
    if (known === undefined) roots.set(root, new Set([as]));
    else known.add(as);
  };
  for (const [field, list] of tests) {
    add(field, field);
    for (const { condition } of list) for (const other of referencesIn(condition)) add(other, '?');
  }
  for (const { match } of [...alternatives.flat(), ...negations]) {
    for (const field of fieldsIn(match)) add(field, '?');
  }
  return roots;
}

/** What is asked of one part of a request is understood when it is one field, asked the same or in operators that are decided. */
function areUnderstood(
  { first, second }: { readonly first: Conjunction; readonly second: Conjunction },
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
): boolean {
  const [field = '', ...others] = new Set([...a, ...b]);
  if (others.length > 0 || field === '?') return false;
  if (isDeepStrictEqual(first.domains.get(field)?.conditions, second.domains.get(field)?.conditions))
    return true;
  return isDecided(first, field) && isDecided(second, field);
}

function rootOf(field: string): string {
  const [first = '', second = ''] = field.split('.');
  const root = first === 'params' ? second : first === 'context' ? field : first;
  return CONTENT_FIELDS.includes(root) ? CONTENT : root;
}

function referencesIn(condition: unknown): readonly string[] {
  if (!isRecord(condition)) return [];
  return Object.values(condition).flatMap((argument) =>
    isRecord(argument) && typeof argument['field'] === 'string' ? [argument['field']] : [],
  );
}

function fieldsIn(match: Match): readonly string[] {
  return Object.entries(match).flatMap(([key, value]) => {
    // Checked at load: the three keys fix the type of their value.
    if (key === 'all' || key === 'any') return (value as readonly Match[]).flatMap(fieldsIn);
    return key === 'not' ? fieldsIn(value as Match) : [key, ...referencesIn(value)];
  });
}
