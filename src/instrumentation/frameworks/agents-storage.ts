import { AsyncLocalStorage } from 'node:async_hooks';
import { isRecord, type UnknownRecord } from '../adapters/shape.js';
import { createMethodPatch, type Method, type MethodPatch } from '../method-patch.js';

/** Where every copy of the Agents SDK keeps its `AsyncLocalStorage`; `setTracingContextStorage` replaces it. */
const STORAGE = Symbol.for('openai.agents.core.asyncLocalStorage');

/** The storage of the Agents SDK, observed. */
export interface AgentsStorage {
  /** Observes the storage that is in place now, if it is not observed already. */
  observe(): void;
  restore(): void;
}

/**
 * Runs the body of a branch of a run.
 * @param state - the SDK's state of the branch.
 * @param body - is to be called once, at once.
 */
export type RunBranch = (state: UnknownRecord, body: () => unknown) => unknown;

/** @param runBranch - called for each branch of a run: a run, and whatever in it has a span of its own. */
export function createAgentsStorage(runBranch: RunBranch): AgentsStorage {
  let observed: object | undefined;
  let patch: MethodPatch | undefined;
  return {
    observe() {
      const storage = storageInPlace();
      if (!storage || (storage === observed && patch?.isInPlace())) return;
      patch?.restore();
      observed = storage;
      patch = createMethodPatch(storage, 'run', (original) => observeRun(original, runBranch));
      patch.apply();
    },
    restore: () => patch?.restore(),
  };
}

function observeRun(original: Method, runBranch: RunBranch): Method {
  return function run(...args) {
    const [state] = args;
    const body = (): unknown => original.apply(this, args);
    return isRecord(state) ? runBranch(state, body) : body();
  };
}

/** Makes the storage as the SDK would where it has none yet, and gives it a `run` of its own, to be replaced. */
function storageInPlace(): object | undefined {
  const holder = globalThis as { [STORAGE]?: unknown };
  if (holder[STORAGE] === undefined) {
    const value = new AsyncLocalStorage();
    Object.defineProperty(holder, STORAGE, { value, writable: true, configurable: true });
  }
  const storage = holder[STORAGE];
  if (!isRecord(storage) || typeof storage['run'] !== 'function') return undefined;
  if (!Object.hasOwn(storage, 'run')) {
    Object.defineProperty(storage, 'run', { value: storage['run'], writable: true, configurable: true });
  }
  return storage;
}
