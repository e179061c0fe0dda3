import type { Match, Operators, QuantifierName } from '../../contract/pattern.js';
import { FACTS, isFactName } from '../fact-table.js';
import { isRecord } from '../own.js';
import { itemPath, parameterPath } from '../path.js';
import type { DocumentPath } from '../report.js';
import { type Domain, domainOf } from './domain.js';
import type { Kind } from './kinds.js';

/** What the fields of a match belong to. */
export type Level = 'request' | 'item';

/** A match with its place in the document, counted from the outermost match. */
export interface PlacedMatch {
  readonly match: Match;
  readonly path: DocumentPath;
}

/** One field's condition. */
export interface FieldTest {
  readonly condition: Operators;
  readonly path: DocumentPath;
}

/** Matches that must all hold, taken apart: nested `all` is flat, fields that mean the same are one. */
export interface Conjunction {
  readonly level: Level;
  readonly domains: ReadonlyMap<string, Domain>;
  readonly tests: ReadonlyMap<string, readonly FieldTest[]>;
  /** Every `any` between fields. */
  readonly alternatives: readonly (readonly PlacedMatch[])[];
  readonly negations: readonly PlacedMatch[];
  /** The fields alone, without alternatives and negations. */
  readonly plain: readonly PlacedMatch[];
}

const TEXT_FIELDS: readonly string[] = [
  'api',
  'provider',
  'operation',
  'model',
  'context.agent',
  'context.pipeline',
];
const TEXT: readonly Kind[] = ['string'];
const KIND_OF_FACT = { string: TEXT, integer: ['number'], boolean: ['boolean'], array: ['array'] } as const;

/** Takes matches apart that must all hold. */
export function conjunctionOf(matches: readonly PlacedMatch[], level: Level): Conjunction {
  const tests = new Map<string, FieldTest[]>();
  const alternatives: (readonly PlacedMatch[])[] = [];
  const negations: PlacedMatch[] = [];
  const plain: PlacedMatch[] = [];
  const add = ({ match, path }: PlacedMatch): void => {
    const fields: Record<string, Match[string]> = {};
    for (const [key, value] of Object.entries(match)) {
      const at = [...path, key];
      if (value === undefined) continue;
      if (key === 'all') placed(value, at).forEach(add);
      else if (key === 'any') alternatives.push(placed(value, at));
      else if (key === 'not')
        negations.push({ match: value as Match, path: at }); // the key fixes the type
      else {
        fields[key] = value;
        const name = fieldKey(key, level);
        const known = tests.get(name);
        const test = { condition: operatorsOf(value), path: at };
        if (known === undefined) tests.set(name, [test]);
        else known.push(test);
      }
    }
    plain.push({ match: fields, path });
  };
  matches.forEach(add);
  const domains = new Map([...tests].map(([field, list]) => [field, domainAt(field, list, level)]));
  return { level, domains, tests, alternatives, negations, plain };
}

/** The matches a quantifier puts items to, for all conditions on a field. */
export function quantified(tests: readonly FieldTest[], op: QuantifierName): readonly PlacedMatch[] {
  return tests.flatMap(({ condition, path }) => {
    const match = condition[op];
    return match === undefined ? [] : [{ match, path: [...path, op] }];
  });
}

/** One name for all ways to write a field. */
export function fieldKey(field: string, level: Level): string {
  if (level === 'item') return itemPath(field).join('.');
  const [root = ''] = field.split('.');
  if (TEXT_FIELDS.includes(field) || root === 'facts' || root === 'context') return field;
  return `params.${parameterPath(field).join('.')}`;
}

function domainAt(field: string, tests: readonly FieldTest[], level: Level): Domain {
  const conditions = tests.map(({ condition }) => condition);
  return domainOf(conditions, level === 'request' ? ownKinds(field) : undefined);
}

function ownKinds(field: string): readonly Kind[] | undefined {
  const [root, name = '', further] = field.split('.');
  if (TEXT_FIELDS.includes(field)) return TEXT;
  return root === 'facts' && isFactName(name) && further === undefined
    ? KIND_OF_FACT[FACTS[name].type]
    : undefined;
}

/** A condition as operators. */
export function operatorsOf(value: unknown): Operators {
  const condition: Readonly<Record<string, unknown>> = isRecord(value) ? value : { '=': value };
  return condition;
}

function placed(list: unknown, path: DocumentPath): readonly PlacedMatch[] {
  return (list as readonly Match[]).map((match, index) => ({ match, path: [...path, index] })); // checked at load
}
