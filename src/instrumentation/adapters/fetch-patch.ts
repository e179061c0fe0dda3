import type { SdkStatus } from '../../contract/status.js';
import type { Engine } from '../engine.js';
import { intercept } from '../intercept.js';
import { createMethodPatch, type MethodPatch } from '../method-patch.js';
import { fetchTarget } from './fetch.js';

/** The patch of the process's `fetch`. @param engine - what it reads on each call. */
export function createFetchPatch(engine: Engine): MethodPatch {
  return createMethodPatch(globalThis, 'fetch', (original) => intercept(engine, fetchTarget, original));
}

/** The state of the patch. Node's `fetch` is of Node's version, so it is as tested as that. */
export function fetchStatus(patch: MethodPatch): SdkStatus {
  const targets = [{ name: fetchTarget.name, patched: patch.isInPlace() }];
  return { module: 'fetch', version: process.versions.node, format: 'global', support: 'tested', targets };
}
