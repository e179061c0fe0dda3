import { isRecord, record } from './shape.js';

/**
 * Prototype of an object that clients make, for packages that do not export its class: a client is made, which must need
 * no I/O, and asked for it.
 * @param className - the client's class among the package's exports.
 * @param options - what the client is made with.
 * @param property - where the client has the object.
 * @returns undefined when the package has another shape; loading it must never fail for Arc's sake.
 */
export function prototypeMadeByClient(
  moduleExports: unknown,
  className: string,
  options: object,
  property: string,
): unknown {
  try {
    const Client = record(moduleExports)[className];
    if (typeof Client !== 'function') return undefined;
    const client = record(Reflect.construct(Client, [options]));
    const made = client[property];
    return isRecord(made) ? Object.getPrototypeOf(made) : undefined;
  } catch {
    return undefined;
  }
}
