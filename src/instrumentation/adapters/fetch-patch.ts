import type { Engine } from '../engine.js';
import { intercept } from '../intercept.js';
import { createMethodPatch, type MethodPatch } from '../method-patch.js';
import { fetchTarget } from './fetch.js';

/** The patch of the process's `fetch`. @param engine - what it reads on each call. */
export function createFetchPatch(engine: Engine): MethodPatch {
  return createMethodPatch(globalThis, 'fetch', (original) => intercept(engine, fetchTarget, original));
}
