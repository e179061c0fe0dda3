import type { Match, Operators, PatternDefinition } from '../../../src/contract/pattern.js';
import type { RequestView } from '../../../src/contract/request.js';
import { compilePattern, type CompiledPattern } from '../../../src/patterns/compile.js';
import { exactText } from '../../../src/patterns/fingerprint.js';
import { createFacts, factOf } from '../../../src/patterns/facts.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { openSegment } from '../../../src/patterns/index/segment.js';
import { matcherOver } from '../../../src/patterns/match.js';
import { loadFrom } from '../peers.js';

/** Everything that finds the patterns a request fits. */
export const ENGINES = {
  Arc: arc,
  'patterns tried in turn': linear,
  sift,
  mingo,
  'json-rules-engine': jsonRulesEngine,
} as const satisfies Readonly<Record<string, (patterns: Iterable<PatternDefinition>) => Engine>>;

/** Name of one; peers are called like their packages. */
export type EngineName = keyof typeof ENGINES;

/** Patterns in the form of one engine. */
export interface Engine {
  /** Bytes it keeps in shared memory, which Node does not count. */
  readonly shared?: number;
  /** Ids of the patterns that fit. Arc and its patterns are given the request, the others a document with the facts ready. */
  find(subject: Subject): readonly string[] | Promise<readonly string[]>;
}

/** A request in both forms. */
export interface Subject {
  readonly view: RequestView;
  readonly document: Readonly<Record<string, unknown>>;
}

/** A request as a document: parameters beside derived facts. The translated patterns name its fields. */
export function subjectOf(view: RequestView): Subject {
  const facts = createFacts(view);
  const { api, model, params } = view;
  const last = factOf(facts, 'last_user_text');
  const document = {
    ...params,
    api,
    model,
    last_user_text: typeof last === 'string' ? exactText(last) : undefined,
    prompt_text: factOf(facts, 'prompt_text'),
  };
  return { view, document };
}

function arc(patterns: Iterable<PatternDefinition>): Engine {
  const image = buildImage(patterns, { name: 'bench', version: '1', hash: 'bench' });
  const segment = openSegment(image, { isChecked: true });
  const matcher = matcherOver([{ segment, hidden: undefined }]);
  const now = Date.now();
  return {
    shared: image.bytes.byteLength,
    find: ({ view }) => matcher.match(createFacts(view), now).map(idOf),
  };
}

function linear(patterns: Iterable<PatternDefinition>): Engine {
  const compiled = Array.from(patterns, (pattern) => compilePattern(pattern));
  return {
    find({ view }) {
      const facts = createFacts(view);
      return compiled.filter((pattern) => pattern.test(facts)).map(idOf);
    },
  };
}

function idOf({ definition }: CompiledPattern): string {
  return definition.id;
}

/** One test of a translated pattern. */
interface Test {
  readonly field: string;
  readonly operator: '=' | '<' | '>' | 'contains';
  readonly value: unknown;
}

/** The tests of a pattern of million.ts, which are all conjunctions of plain ones, on the fields of a document. */
export function testsOf(match: Match): readonly Test[] {
  return Object.entries(match).flatMap(([name, condition]): readonly Test[] => {
    const field = name.replace(/^(?:params|facts)\./u, '');
    if (typeof condition !== 'object' || condition === null)
      return [{ field, operator: '=', value: condition }];
    return Object.entries(condition as Operators).map(([operator, value]): Test => {
      if (operator === 'exact') return { field, operator: '=', value: exactText(String(value)) };
      if (operator === '<' || operator === '>' || operator === 'contains') return { field, operator, value };
      throw new Error(`no translation of ${operator}`);
    });
  });
}

/** The language of MongoDB, which sift and mingo share. */
function queryOf(match: Match): Record<string, unknown> {
  return Object.fromEntries(
    testsOf(match).map(({ field, operator, value }) => {
      if (operator === '=') return [field, value];
      if (operator === 'contains') return [field, { $regex: new RegExp(escaped(String(value)), 'u') }];
      return [field, { [operator === '<' ? '$lt' : '$gt']: value }];
    }),
  );
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

type DocumentTest = (document: Subject['document']) => boolean;

function inTurn(patterns: Iterable<PatternDefinition>, compile: (match: Match) => DocumentTest): Engine {
  const rules = Array.from(patterns, ({ id, match }) => ({ id, test: compile(match) }));
  return {
    find: ({ document }) => rules.filter(({ test }) => test(document)).map(({ id }) => id),
  };
}

function sift(patterns: Iterable<PatternDefinition>): Engine {
  const { default: create } = loadFrom('rules')('sift') as { default: (query: object) => DocumentTest };
  return inTurn(patterns, (match) => create(queryOf(match)));
}

function mingo(patterns: Iterable<PatternDefinition>): Engine {
  const { Query } = loadFrom('rules')('mingo') as { Query: new (query: object) => { test: DocumentTest } };
  return inTurn(patterns, (match) => {
    const query = new Query(queryOf(match));
    return (document) => query.test(document);
  });
}

/** What is used of json-rules-engine. */
interface RulesEngine {
  addRule(rule: object): unknown;
  addOperator(name: string, test: (fact: unknown, value: unknown) => boolean): void;
  run(facts: object): Promise<{ readonly events: readonly { readonly type: string }[] }>;
}

const RULE_OPERATORS = {
  '=': 'equal',
  '<': 'lessThan',
  '>': 'greaterThan',
  contains: 'containsText',
} as const;

function jsonRulesEngine(patterns: Iterable<PatternDefinition>): Engine {
  const { Engine } = loadFrom('rules')('json-rules-engine') as {
    Engine: new (rules: readonly object[], options: object) => RulesEngine;
  };
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator(
    'containsText',
    (fact, value) => typeof fact === 'string' && fact.includes(String(value)),
  );
  for (const { id, match } of patterns) {
    const all = testsOf(match).map(({ field, operator, value }) => ({
      fact: field,
      operator: RULE_OPERATORS[operator],
      value,
    }));
    engine.addRule({ conditions: { all }, event: { type: id } });
  }
  return {
    find: async ({ document }) => (await engine.run(document)).events.map(({ type }) => type),
  };
}
