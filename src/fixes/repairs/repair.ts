import type { Fields } from '../copy.js';

/** A repair: pure and idempotent; returns the same object when there is nothing to repair, and shares what it leaves alone. */
export type Repair = (api: string, params: Fields) => Fields;
