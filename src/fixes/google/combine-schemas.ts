import { MAX_SCHEMA_DEPTH } from '../../patterns/google-schema.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt } from '../at-path.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** The schema that references are resolved in, and those that are being resolved. */
export interface Root {
  readonly root: Fields;
  readonly active: readonly string[];
  readonly depth: number;
}

/** References in one place that lead to others are followed so far. */
const MAX_HOPS = 8;

/**
 * Replaces what Google cannot combine: a reference by what it names, `allOf` by one schema, `oneOf` by `anyOf`, `const` by an
 * enumeration of one, an exclusive bound by the nearest inclusive one. A schema that contains itself ends there.
 */
export function combine(schema: Fields, root: Root): { readonly schema: Fields; readonly root: Root } {
  const resolved = resolve(schema, root);
  const merged = mergeAll(resolved.schema, resolved.root);
  return { schema: bounds(constant(alternatives(merged))), root: resolved.root };
}

function resolve(schema: Fields, root: Root): { readonly schema: Fields; readonly root: Root } {
  let current = schema;
  let active = root.active;
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    const pointer = own(current, '$ref');
    if (typeof pointer !== 'string') break;
    const rest = copyWithout(current, '$ref');
    const target = active.includes(pointer) ? undefined : targetOf(pointer, root.root);
    current = isRecord(target) ? { ...target, ...rest } : { type: 'object', ...rest };
    active = [...active, pointer];
  }
  return { schema: current, root: active === root.active ? root : { ...root, active } };
}

function targetOf(pointer: string, root: Fields): unknown {
  if (pointer === '#') return root;
  if (!pointer.startsWith('#/')) return undefined;
  return getAt(
    root,
    pointer
      .slice(2)
      .split('/')
      .map((name) => decodeName(name)),
  );
}

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
function decodeName(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

function mergeAll(schema: Fields, root: Root): Fields {
  const all = own(schema, 'allOf');
  if (!Array.isArray(all)) return schema;
  if (root.depth >= MAX_SCHEMA_DEPTH)
    throw new RangeError(`a schema of more than ${MAX_SCHEMA_DEPTH} levels`);
  return listOf(all)
    .filter(isRecord)
    .map((part) => {
      const resolved = resolve(part, root);
      return mergeAll(resolved.schema, { ...resolved.root, depth: root.depth + 1 });
    })
    .reduce(mergeTwo, copyWithout(schema, 'allOf'));
}

/** What both say of properties and required names is joined; of the rest the first one counts. */
function mergeTwo(first: Fields, second: Fields): Fields {
  const [properties, others] = [own(first, 'properties'), own(second, 'properties')];
  const merged: Fields = { ...second, ...first };
  const joined =
    isRecord(properties) && isRecord(others)
      ? copyWith(merged, 'properties', { ...others, ...properties })
      : merged;
  const required = [...new Set([...listOf(own(first, 'required')), ...listOf(own(second, 'required'))])];
  return required.length === 0 ? joined : copyWith(joined, 'required', required);
}

function alternatives(schema: Fields): Fields {
  const options = own(schema, 'oneOf');
  if (!Array.isArray(options)) return schema;
  const bare = copyWithout(schema, 'oneOf');
  return own(bare, 'anyOf') === undefined ? copyWith(bare, 'anyOf', options) : bare;
}

function constant(schema: Fields): Fields {
  const value = own(schema, 'const');
  if (value === undefined) return schema;
  const bare = copyWithout(schema, 'const');
  return own(bare, 'enum') === undefined ? copyWith(bare, 'enum', [value]) : bare;
}

const BOUNDS = [
  ['exclusiveMinimum', 'minimum', 1],
  ['exclusiveMaximum', 'maximum', -1],
] as const;

/** Only whole numbers have a nearest one; of others the bound itself is let in. */
function bounds(schema: Fields): Fields {
  return BOUNDS.reduce((current, [exclusive, inclusive, step]) => {
    const bound = own(current, exclusive);
    const isNew = typeof bound === 'number' && own(current, inclusive) === undefined;
    const isWhole = own(current, 'type') === 'integer';
    return isNew ? copyWith(current, inclusive, isWhole ? bound + step : bound) : current;
  }, schema);
}
