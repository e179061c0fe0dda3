import type { PackInfo } from '../../src/contract/pattern.js';
import { packSet, type PackSet } from './offer.js';
import type { PackChange, PackStore, StoredPack } from './pack-store.js';
import type { ProcessRegistry } from './process-registry.js';
import { watchRollout, type Rollout } from './rollout.js';

/** Where packs are put and taken back: store, tell everyone, watch. */
export interface PackDesk {
  readonly store: PackStore;
  /** The set on offer now. */
  current(): PackSet;
  /** Adds or replaces a pack and tells the processes. */
  put(pack: StoredPack): {
    readonly pack: StoredPack;
    /** Null when the very same pack was there already. */
    readonly change: PackChange | null;
    readonly rollout: Rollout;
  };
  /** Takes a pack back and tells the processes. @returns undefined when there is no such pack. */
  remove(name: string): { readonly change: PackChange; readonly rollout: Rollout } | undefined;
}

/**
 * Creates the desk.
 * @param tellAll - offers the present set to every connected process that lacks it.
 */
export function createPackDesk(store: PackStore, registry: ProcessRegistry, tellAll: () => void): PackDesk {
  let set = packSet(store.list());
  const publish = (name: string): Rollout => {
    set = packSet(store.list());
    const rollout = watchRollout(registry, { name, setHash: set.hash });
    tellAll();
    return rollout;
  };
  return {
    store,
    current: () => set,
    put(pack) {
      const change = store.put(pack) ?? null;
      return { pack, change, rollout: publish(pack.name) };
    },
    remove(name) {
      const change = store.remove(name, new Date().toISOString());
      return change && { change, rollout: publish(name) };
    },
  };
}

/** A stored pack as processes and people are told of it. */
export function packInfo({ name, version, hash, patterns }: StoredPack): PackInfo {
  return { name, version, hash, patterns, origin: 'control' };
}
