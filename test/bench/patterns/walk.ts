import { isInstalled, loadFrom } from '../peers.js';

/** Walks a value and hashes each string in it: what a look-up that reads the whole request costs at least. */
export type Walk = (value: unknown) => number;

type Xxhash = () => Promise<{ readonly h64: (text: string) => bigint }>;

/** What the yardstick hashes with. */
export const YARDSTICK = isInstalled('xxhash-wasm')
  ? 'xxhash-wasm, short ones with FNV'
  : 'FNV in JavaScript';

/** Shorter texts are hashed faster than they are handed over. */
const SHORT = 64;
const LOW_BITS = 0x3fff_ffffn;

/** The yardstick: with xxhash-wasm where it is installed. */
export async function createWalk(): Promise<Walk> {
  if (!isInstalled('xxhash-wasm')) return walkWith(fnv);
  const xxhash = loadFrom('rules')('xxhash-wasm') as Xxhash; // as its documentation has it
  const { h64 } = await xxhash();
  return walkWith((text) => (text.length < SHORT ? fnv(text) : Number(h64(text) & LOW_BITS)));
}

function walkWith(hash: (text: string) => number): Walk {
  return function walk(value: unknown): number {
    if (typeof value === 'string') return hash(value);
    if (typeof value === 'number') return value | 0;
    if (typeof value !== 'object' || value === null) return 1;
    let sum = 0;
    if (Array.isArray(value))
      for (const item of value as readonly unknown[]) sum = (sum * 31 + walk(item)) | 0;
    else for (const key in value) sum = (sum * 31 + walk((value as Record<string, unknown>)[key])) | 0;
    return sum;
  };
}

function fnv(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
