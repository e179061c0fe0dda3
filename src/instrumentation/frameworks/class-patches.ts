import { types } from 'node:util';
import type { SdkStatus } from '../../contract/status.js';
import { isTested } from '../adapters/registry.js';
import { isRecord, record } from '../adapters/shape.js';
import type { Engine } from '../engine.js';
import { createMethodPatch, type Method, type MethodPatch } from '../method-patch.js';
import type { FrameworkPackage, LoadedFile } from './framework.js';

/** A method of a class that a framework's file exports. */
export interface ClassTarget {
  /** Name of the class among the exports. */
  readonly owner: string;
  readonly method: string;
  /** Makes the replacement. */
  readonly wrap: (original: Method) => Method;
  /** True for what only some of the tested versions have. */
  readonly optional?: boolean;
}

/** The methods Arc replaces in the classes of a framework, in every copy of it. */
export interface ClassPatches {
  add(file: LoadedFile, targets: readonly ClassTarget[]): void;
  apply(): void;
  restore(): void;
  status(): readonly SdkStatus[];
}

interface Patched {
  readonly target: ClassTarget;
  readonly prototype: object;
  readonly patch: MethodPatch;
}

interface Copy {
  readonly package: FrameworkPackage;
  readonly version: string | undefined;
  readonly format: SdkStatus['format'];
  readonly targets: readonly ClassTarget[];
  readonly patched: readonly Patched[];
}

/** @param engine - says whether a copy that is loaded now is to be patched now. */
export function createClassPatches(engine: Engine): ClassPatches {
  const copies: Copy[] = [];
  const seen = new WeakSet<object>();
  const forEach = (action: (patch: MethodPatch) => void): void => {
    for (const { patched } of copies) for (const { patch } of patched) action(patch);
  };
  return {
    add({ package: from, moduleExports, version }, targets) {
      if (!isRecord(moduleExports) || seen.has(moduleExports)) return;
      seen.add(moduleExports);
      const patched = findTargets(moduleExports, targets);
      if (patched.some(({ prototype, target }) => isKnown(copies, prototype, target))) return;
      copies.push({ package: from, version, format: formatOf(moduleExports), targets, patched });
      if (engine.active) for (const { patch } of patched) patch.apply();
    },
    apply: () => forEach((patch) => patch.apply()),
    restore: () => forEach((patch) => patch.restore()),
    status: () => copies.map(describeCopy),
  };
}

/** How a module was loaded: an ES module arrives as its namespace, or as the hooks' proxy of it. */
export function formatOf(moduleExports: unknown): 'cjs' | 'esm' {
  return types.isModuleNamespaceObject(moduleExports) || types.isProxy(moduleExports) ? 'esm' : 'cjs';
}

function findTargets(moduleExports: unknown, targets: readonly ClassTarget[]): readonly Patched[] {
  const exported = record(moduleExports);
  return targets.flatMap((target) => {
    const owner = exported[target.owner];
    const prototype: unknown = typeof owner === 'function' ? owner.prototype : undefined;
    if (!isRecord(prototype) || !Object.hasOwn(prototype, target.method)) return [];
    return [{ target, prototype, patch: createMethodPatch(prototype, target.method, target.wrap) }];
  });
}

/** The same class may come out of several files. */
function isKnown(copies: readonly Copy[], prototype: object, { method }: ClassTarget): boolean {
  return copies.some(({ patched }) =>
    patched.some((other) => other.prototype === prototype && other.target.method === method),
  );
}

function describeCopy({ package: from, version, format, targets, patched }: Copy): SdkStatus {
  return {
    module: from.module,
    version,
    format,
    support: isTested(from, version) ? 'tested' : 'untested',
    targets: targets.flatMap((target) => {
      const found = patched.find((candidate) => candidate.target === target);
      if (!found && target.optional) return [];
      return [{ name: `${target.owner}.${target.method}`, patched: found?.patch.isInPlace() ?? false }];
    }),
  };
}
