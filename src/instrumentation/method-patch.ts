/** A method of any object. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** One method of one object that can be replaced and put back. */
export interface MethodPatch {
  /** Replaces the method. One that any copy of Arc has replaced already is left alone. */
  apply(): void;
  /** Puts back what was there, unless somebody has replaced the method since: then calls just pass through. */
  restore(): void;
  /** True while calls go through a replacement of some copy of Arc, whatever others have put around it. */
  isInPlace(): boolean;
}

/** Marks the methods some copy of Arc has put in place. */
const PATCHED = Symbol.for('arc.patched');

/**
 * @param owner - the object that itself has the method.
 * @param wrap - makes the replacement; called once for each time the patch is applied.
 */
export function createMethodPatch(
  owner: object,
  name: string,
  wrap: (original: Method) => Method,
): MethodPatch {
  let original: PropertyDescriptor | undefined;
  let replacement: unknown;
  let inPlace = false;
  return {
    apply() {
      const found = Object.getOwnPropertyDescriptor(owner, name);
      const method: unknown = found?.value;
      if (!isMethod(method)) return;
      inPlace = Reflect.has(method, PATCHED) || found?.configurable === true;
      if (Reflect.has(method, PATCHED) || !found?.configurable) return;
      original = found;
      replacement = likeness(wrap(method), method);
      Object.defineProperty(owner, name, { ...found, value: replacement });
    },
    restore() {
      const isOurs = replacement !== undefined && Reflect.get(owner, name) === replacement;
      if (original && isOurs) Object.defineProperty(owner, name, original);
      inPlace = false;
    },
    isInPlace: () => inPlace,
  };
}

/** Gives a replacement the name and length of what it replaces, and marks it as Arc's. */
export function likeness(replacement: Method, { name, length }: Method): Method {
  return Object.defineProperties(replacement, {
    [PATCHED]: { value: true },
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  });
}

/** True for anything that can be called. */
export function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
