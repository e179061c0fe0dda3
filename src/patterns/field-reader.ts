import { type RequestFacts, factOf } from './facts.js';
import { isFactName } from './fact-table.js';
import { isSettingsPath, readSetting } from './google-request.js';
import { own } from './own.js';
import { itemPath, parameterPath } from './path.js';

/** Reads one field of a request; undefined when it is absent. */
export type FieldReader = (facts: RequestFacts) => unknown;

/** Reads one field of an item of a list; undefined when it is absent. */
export type ItemReader = (facts: RequestFacts, item?: unknown) => unknown;

const VIEW_READERS: { readonly [field: string]: FieldReader } = {
  provider: (facts) => facts.view.provider,
  operation: (facts) => facts.view.operation,
  api: (facts) => facts.view.api,
  model: (facts) => facts.view.model,
  'context.agent': (facts) => facts.view.context?.agent,
  'context.pipeline': (facts) => facts.view.context?.pipeline,
  'context.tags': (facts) => facts.view.context?.tags,
};

/**
 * Compiles the name of a field to a function that reads it, through own properties only.
 * @throws {Error} on a derived fact that does not exist. Packs are checked before.
 * @example compileField('thinking.budget_tokens')(facts) // 4096
 */
export function compileField(field: string): FieldReader {
  const reader = Object.hasOwn(VIEW_READERS, field) ? VIEW_READERS[field] : undefined;
  if (reader !== undefined) return reader;
  const segments = field.split('.');
  if (segments[0] === 'facts') return factReader(segments[1] ?? '', segments.slice(2));
  const path = parameterPath(field);
  if (isSettingsPath(path)) return (facts) => readSetting(facts.view.params, path);
  const [only] = path;
  if (path.length === 1 && only !== undefined) return (facts) => own(facts.view.params, only);
  return (facts) => walk(facts.view.params, path);
}

/**
 * Compiles the name of a field of an item, through own properties only.
 * @example compileItemField('function.name')(facts, tool) // 'search'
 */
export function compileItemField(field: string): ItemReader {
  const path = itemPath(field);
  const [only] = path;
  if (path.length === 1 && only !== undefined) return (_facts, item) => own(item, only);
  return (_facts, item) => walk(item, path);
}

function factReader(name: string, rest: readonly string[]): FieldReader {
  if (!isFactName(name)) throw new Error(`unknown fact "facts.${name}"`);
  return rest.length === 0 ? (facts) => factOf(facts, name) : (facts) => walk(factOf(facts, name), rest);
}

function walk(start: unknown, path: readonly string[]): unknown {
  let value = start;
  for (const segment of path) {
    if (value === undefined) return undefined;
    value = own(value, segment);
  }
  return value;
}
