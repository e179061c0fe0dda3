import { given, isObject, type Body } from './rule.js';

/** Where a value stands in a request. */
export type Path = readonly (string | number)[];

/** What is wrong with one value, before a provider has put it into words. */
export interface Fault {
  readonly path: Path;
  readonly kind:
    | 'missing'
    | 'unknown'
    | 'type'
    | 'value'
    | 'tag'
    | 'minimum'
    | 'maximum'
    | 'short'
    | 'long'
    | 'few'
    | 'many'
    | 'crowded'
    | 'pattern';
  /** The type that is wanted, as in {@link Shape}. */
  readonly type: ShapeType;
  /** The bound, the accepted values or the pattern. */
  readonly expected?: number | string | readonly string[];
  readonly value: unknown;
}

/** The types of JSON, numbers in two kinds. */
export type ShapeType = 'text' | 'decimal' | 'integer' | 'flag' | 'list' | 'object' | 'anything';

/** What a value has to look like. */
export interface Shape {
  readonly type: ShapeType;
  readonly check: (value: unknown, path: Path) => Fault | undefined;
}

/** Bounds of a text or a list. */
interface Size {
  readonly min?: number;
  readonly max?: number;
}

/** Any value at all: what the documentation leaves open. */
export const anything: Shape = { type: 'anything', check: () => undefined };

/** True or false. */
export const flag: Shape = {
  type: 'flag',
  check: (value, path) =>
    typeof value === 'boolean' ? undefined : { path, kind: 'type', type: 'flag', value },
};

/** A text. */
export function text({ min = 0, max = Infinity, pattern }: Size & { readonly pattern?: RegExp } = {}): Shape {
  return {
    type: 'text',
    check(value, path) {
      const fault = { path, type: 'text', value } as const;
      if (typeof value !== 'string') return { ...fault, kind: 'type' };
      if (value.length < min) return { ...fault, kind: 'short', expected: min };
      if (value.length > max) return { ...fault, kind: 'long', expected: max };
      return pattern && !pattern.test(value)
        ? { ...fault, kind: 'pattern', expected: pattern.source }
        : undefined;
    },
  };
}

/** One of some texts. */
export function oneOf(words: string): Shape {
  const expected = words.split(' ');
  return {
    type: 'text',
    check(value, path) {
      const fault = { path, type: 'text', value } as const;
      if (typeof value !== 'string') return { ...fault, kind: 'type' };
      return expected.includes(value) ? undefined : { ...fault, kind: 'value', expected };
    },
  };
}

/** A number from `min` to `max`, both included. */
export function decimal(min = -Infinity, max = Infinity): Shape {
  return numeric('decimal', min, max);
}

/** A whole number from `min` to `max`, both included. */
export function integer(min = -Infinity, max = Infinity): Shape {
  return numeric('integer', min, max);
}

function numeric(type: 'decimal' | 'integer', min: number, max: number): Shape {
  return {
    type,
    check(value, path) {
      const fault = { path, type, value } as const;
      if (typeof value !== 'number' || (type === 'integer' && !Number.isInteger(value)))
        return { ...fault, kind: 'type' };
      if (value > max) return { ...fault, kind: 'maximum', expected: max };
      return value < min ? { ...fault, kind: 'minimum', expected: min } : undefined;
    },
  };
}

/** A list whose items have one shape. */
export function list(item: Shape = anything, { min = 0, max = Infinity }: Size = {}): Shape {
  return {
    type: 'list',
    check(value, path) {
      const fault = { path, type: 'list', value } as const;
      if (!Array.isArray(value)) return { ...fault, kind: 'type' };
      if (value.length < min) return { ...fault, kind: 'few', expected: min };
      if (value.length > max) return { ...fault, kind: 'many', expected: max };
      return firstOf(value.entries(), ([index, entry]) => item.check(entry, [...path, index]));
    },
  };
}

/** Fields of an object. A name that ends in `!` has to be there; null counts as absent. */
export type Fields = Readonly<Record<string, Shape>>;

/** An object of these fields and no others. */
export function object(fields: Fields): Shape {
  return checkedObject(fields, false);
}

/** An object of these fields, and others that are not looked at. */
export function open(fields: Fields): Shape {
  return checkedObject(fields, true);
}

function checkedObject(fields: Fields, isOpen: boolean): Shape {
  const shapes = new Map(Object.entries(fields).map(([name, shape]) => [name.replace('!', ''), shape]));
  const required = Object.keys(fields).flatMap((name) => (name.endsWith('!') ? [name.slice(0, -1)] : []));
  return {
    type: 'object',
    check(value, path) {
      if (!isObject(value)) return { path, kind: 'type', type: 'object', value };
      const unknown = isOpen ? undefined : Object.keys(value).find((name) => !shapes.has(name));
      if (unknown !== undefined)
        return { path: [...path, unknown], kind: 'unknown', type: 'anything', value: value[unknown] };
      const missing = required.find((name) => !given(value[name]));
      if (missing !== undefined)
        return { path: [...path, missing], kind: 'missing', type: 'anything', value: undefined };
      return firstOf(shapes, ([name, shape]) =>
        given(value[name]) ? shape.check(value[name], [...path, name]) : undefined,
      );
    },
  };
}

/** An object with names of the caller's own. */
export function record(item: Shape, { keys = Infinity, name = Infinity } = {}): Shape {
  return {
    type: 'object',
    check(value, path) {
      const fault = { path, type: 'object', value } as const;
      if (!isObject(value)) return { ...fault, kind: 'type' };
      const names = Object.keys(value);
      if (names.length > keys) return { ...fault, kind: 'crowded', expected: keys };
      const long = names.find((own) => own.length > name);
      if (long !== undefined)
        return { path: [...path, long], kind: 'long', type: 'text', expected: name, value: long };
      return firstOf(names, (own) => item.check(value[own], [...path, own]));
    },
  };
}

/** One of several shapes of different types; the first is named when none fits. */
export function either(first: Shape, ...others: readonly Shape[]): Shape {
  return {
    type: first.type,
    check(value, path) {
      const fitting = [first, ...others].find(({ type }) => isOfType(value, type)) ?? first;
      return fitting.check(value, path);
    },
  };
}

/**
 * An object whose shape depends on one of its fields.
 * @param isInPath - whether the provider names the choice in the path of what is inside.
 */
export function tagged(by: string, shapes: Readonly<Record<string, Shape>>, isInPath = false): Shape {
  const expected = Object.keys(shapes);
  return {
    type: 'object',
    check(value, path) {
      if (!isObject(value)) return { path, kind: 'type', type: 'object', value };
      const tag = value[by];
      if (!given(tag)) return { path: [...path, by], kind: 'missing', type: 'text', value: undefined };
      const shape = typeof tag === 'string' && Object.hasOwn(shapes, tag) ? shapes[tag] : undefined;
      return shape
        ? shape.check(value, isInPath ? [...path, String(tag)] : path)
        : { path: [...path, by], kind: 'tag', type: 'text', expected, value: tag };
    },
  };
}

/** The first fault of a body. */
export function faultOf(shape: Shape, body: Body): Fault | undefined {
  return shape.check(body, []);
}

function isOfType(value: unknown, type: ShapeType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'decimal':
    case 'integer':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'anything':
      return true;
  }
}

function firstOf<Item>(items: Iterable<Item>, find: (item: Item) => Fault | undefined): Fault | undefined {
  for (const item of items) {
    const fault = find(item);
    if (fault) return fault;
  }
  return undefined;
}
