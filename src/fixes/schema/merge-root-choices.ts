import { isRecord, listOf, own } from '../../patterns/own.js';
import { hasRootCombinator } from '../../patterns/schema/schema-faults.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Keywords that choose between schemas or exclude some. */
const CHOICES: readonly string[] = ['allOf', 'anyOf', 'oneOf', 'not', 'enum'];

/**
 * One object schema in place of `allOf`, `anyOf` or `oneOf` on top of a function's parameters, which providers refuse:
 * every property of every branch; required is what each branch requires, and all that `allOf` requires. What the schema
 * accepted it still accepts. Left alone when a branch is no object.
 */
export function mergeRootChoices(schema: unknown): unknown {
  if (!isRecord(schema) || !hasRootCombinator(schema)) return schema;
  const all = branchesOf(schema, 'allOf');
  const any = [...branchesOf(schema, 'anyOf'), ...branchesOf(schema, 'oneOf')];
  if ([...all, ...any].some((branch) => branch === undefined)) return schema;
  const branches = [...all, ...any].filter(isRecord);
  const properties = [schema, ...branches].reduce<Fields>(
    (merged, branch) => mergeProperties(merged, own(branch, 'properties')),
    {},
  );
  const always = [schema, ...all].flatMap(requiredOf);
  const required = [...new Set([...always, ...requiredByEach(any)])].filter((name) =>
    Object.hasOwn(properties, name),
  );
  const rest = CHOICES.reduce(copyWithout, schema);
  const next = copyWith(copyWith(rest, 'type', 'object'), 'properties', properties);
  const described = withDefinitions(next, branches);
  return required.length > 0 ? copyWith(described, 'required', required) : copyWithout(described, 'required');
}

/** Branches of a combinator, references into the schema's own definitions resolved; undefined for one that is no object. */
function branchesOf(schema: Fields, key: string): readonly unknown[] {
  return listOf(own(schema, key)).map((branch) => {
    const reference = own(branch, '$ref');
    const path = typeof reference === 'string' ? /^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference) : null;
    const target = path === null ? branch : own(own(schema, path[1] ?? ''), path[2] ?? '');
    if (!isRecord(target) || own(target, '$ref') !== undefined) return undefined;
    const type = own(target, 'type');
    return type === undefined || type === 'object' ? target : undefined;
  });
}

/** Two schemas for one property become a choice between them. */
function mergeProperties(merged: Fields, properties: unknown): Fields {
  if (!isRecord(properties)) return merged;
  return Object.keys(properties).reduce((current, name) => {
    const [before, added] = [own(current, name), own(properties, name)];
    if (before === undefined) return copyWith(current, name, added);
    return copyWith(current, name, eitherOf(before, added));
  }, merged);
}

function eitherOf(before: unknown, added: unknown): unknown {
  const options =
    Object.keys(isRecord(before) ? before : {}).join() === 'anyOf' ? listOf(own(before, 'anyOf')) : [before];
  const text = JSON.stringify(added);
  return options.some((option) => JSON.stringify(option) === text) ? before : { anyOf: [...options, added] };
}

function requiredOf(branch: unknown): readonly string[] {
  return listOf(own(branch, 'required')).filter((name) => typeof name === 'string');
}

function requiredByEach(branches: readonly unknown[]): readonly string[] {
  const [first, ...others] = branches.map(requiredOf);
  return (first ?? []).filter((name) => others.every((required) => required.includes(name)));
}

function withDefinitions(schema: Fields, branches: readonly Fields[]): Fields {
  return ['$defs', 'definitions'].reduce((current, key) => {
    const found = [...branches.map((branch) => own(branch, key)), own(schema, key)].filter(isRecord);
    return found.length === 0 || branches.every((branch) => own(branch, key) === undefined)
      ? current
      : copyWith(current, key, Object.assign({}, ...found));
  }, schema);
}
