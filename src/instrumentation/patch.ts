import shimmer from 'shimmer';
import type { SdkStatus } from '../contract/status.js';
import { isTested } from './adapters/registry.js';
import type { NativeSpans, SdkAdapter, SdkTarget } from './adapters/adapter.js';
import { isRecord } from './adapters/shape.js';
import type { Engine } from './engine.js';
import { intercept, type SdkMethod } from './intercept.js';
import { isMuted, muteClass, muteClient } from './native-spans.js';
import { warmUp } from './warm-up.js';

/** Marks functions that some copy of Arc has put in place, so that no call is intercepted twice. */
const PATCHED = Symbol.for('arc.patched');

/** An object whose methods can be replaced. */
export type MethodOwner = Record<string, SdkMethod>;

interface Patch {
  /** Weak, so that a wrapped client can be collected. */
  readonly owner: WeakRef<MethodOwner>;
  readonly target: SdkTarget;
}

interface SdkCopy {
  readonly adapter: SdkAdapter;
  readonly version: string | undefined;
  readonly format: SdkStatus['format'];
  readonly patches: readonly Patch[];
}

/** The patches of one engine: every SDK copy of the process, so that `restore` reaches all of them. */
export interface Patches {
  /** Patches what a package exports. Copies seen before are left alone. */
  addModule(adapter: SdkAdapter, moduleExports: unknown, version: string | undefined): void;
  /** Patches one client object. Returns false when no adapter fits it. */
  addClient(adapter: SdkAdapter, client: unknown): boolean;
  /** Puts every patch in place (again). */
  apply(): void;
  /** Puts every original back. */
  restore(): void;
  status(): readonly SdkStatus[];
}

/** @param engine - what the patched methods read on each call. */
export function createPatches(engine: Engine): Patches {
  let copies: SdkCopy[] = [];
  const add = (copy: SdkCopy): void => {
    copies = copies.filter(
      (known) => known.format !== 'client' || known.patches.some(({ owner }) => owner.deref()),
    );
    const same = copies.filter(({ adapter }) => adapter === copy.adapter);
    const known = new Set(same.flatMap(({ patches }) => patches.map(({ owner }) => owner.deref())));
    const fresh = copy.patches.filter(({ owner }) => !known.has(owner.deref()));
    if (fresh.length === 0 && copy.patches.length > 0) return;
    copies.push({ ...copy, patches: fresh });
    for (const patch of fresh) applyPatch(engine, patch);
    warmUp(
      engine,
      fresh.map(({ target }) => target),
    );
  };
  return {
    addModule(adapter, moduleExports, version) {
      const patches = findPatches(adapter.targets, (target) => ownerInModule(moduleExports, target));
      add({ adapter, version, format: isNamespace(moduleExports) ? 'esm' : 'cjs', patches });
      forNative(adapter, (native) => muteClass(engine, native, clientClassOf(moduleExports, native.client)));
      adapter.mute?.(moduleExports, () => isMuted(engine));
    },
    addClient(adapter, client) {
      const ownerOf = (target: SdkTarget): unknown => ownerInClient(client, target);
      // The first target is what every client of the SDK has. The others may fit a client of another SDK, where even
      // reading a property may do something.
      if (findPatches(adapter.targets.slice(0, 1), ownerOf).length === 0) return false;
      const patches = findPatches(adapter.targets, ownerOf);
      add({ adapter, version: undefined, format: 'client', patches });
      forNative(adapter, (native) => muteClient(engine, native, client));
      adapter.mute?.(client, () => isMuted(engine));
      return true;
    },
    apply: () => forEachPatch(copies, (patch) => applyPatch(engine, patch)),
    restore: () => forEachPatch(copies, restorePatch),
    status: () => copies.map(describeCopy),
  };
}

function findPatches(targets: readonly SdkTarget[], ownerOf: (target: SdkTarget) => unknown): Patch[] {
  return targets.flatMap((target) => {
    const owner = ownerOf(target);
    if (!isRecord(owner) || typeof owner[target.method] !== 'function') return [];
    return [{ owner: new WeakRef(owner as MethodOwner), target }]; // its method was just found to be a function
  });
}

/** An ES module arrives as its namespace; the named export and the default one hold the same class. */
function ownerInModule(moduleExports: unknown, target: SdkTarget): unknown {
  if (target.locate) return target.locate(moduleExports);
  const [className = '', ...path] = target.owner;
  const owner = walk(clientClassOf(moduleExports, className), path);
  return isCallableRecord(owner) ? owner['prototype'] : undefined;
}

function ownerInClient(client: unknown, target: SdkTarget): unknown {
  return target.locateInClient ? target.locateInClient(client) : walk(client, target.clientPath);
}

function clientClassOf(moduleExports: unknown, className: string): unknown {
  const root = isCallableRecord(moduleExports) ? moduleExports : {};
  return root[className] ?? root['default'];
}

function forNative({ targets }: SdkAdapter, action: (native: NativeSpans) => void): void {
  for (const native of new Set(targets.map((target) => target.native))) if (native) action(native);
}

function walk(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isCallableRecord(at) ? at[key] : undefined), from);
}

/** Classes are functions: unlike {@link isRecord}, this accepts them. */
function isCallableRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) || typeof value === 'function';
}

function isNamespace(value: unknown): boolean {
  return isRecord(value) && Reflect.get(value, Symbol.toStringTag) === 'Module';
}

function applyPatch(engine: Engine, { owner: reference, target }: Patch): void {
  const owner = reference.deref();
  if (owner) replaceMethod(owner, target.method, (original) => intercept(engine, target, original));
}

/** Puts a replacement in place of a method, unless one of Arc's is there already. */
export function replaceMethod(
  owner: MethodOwner,
  method: string,
  replacementOf: (original: SdkMethod) => SdkMethod,
): void {
  if (isPatched(owner[method])) return;
  shimmer.wrap(owner, method, (original) => {
    const replacement = replacementOf(original);
    Object.defineProperties(replacement, {
      [PATCHED]: { value: true },
      name: { value: original.name, configurable: true },
      length: { value: original.length, configurable: true },
    });
    return replacement;
  });
}

function restorePatch({ owner: reference, target }: Patch): void {
  const owner = reference.deref();
  if (owner) restoreMethod(owner, target.method);
}

/** Puts the original of a replaced method back. */
export function restoreMethod(owner: MethodOwner, method: string): void {
  if (isPatched(owner[method])) shimmer.unwrap(owner, method);
}

/** True for a replacement that some copy of Arc has put in place. */
export function isPatched(method: unknown): boolean {
  return typeof method === 'function' && Reflect.get(method, PATCHED) === true;
}

function forEachPatch(copies: readonly SdkCopy[], action: (patch: Patch) => void): void {
  for (const { patches } of copies) for (const patch of patches) action(patch);
}

function describeCopy({ adapter, version, format, patches }: SdkCopy): SdkStatus {
  return {
    module: adapter.module,
    version,
    format,
    support: isTested(adapter, version) ? 'tested' : 'untested',
    targets: adapter.targets.flatMap((target) => {
      const patch = patches.find((candidate) => candidate.target === target);
      if (!patch && target.optional) return [];
      return [{ name: target.name, patched: isPatched(patch?.owner.deref()?.[target.method]) }];
    }),
  };
}
