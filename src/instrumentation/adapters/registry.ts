import type { SdkAdapter } from './adapter.js';
import { anthropic } from './anthropic.js';
import { openai } from './openai.js';

/** Every SDK Arc knows, in the order `arc doctor` lists them. */
export const ADAPTERS: readonly SdkAdapter[] = [openai, anthropic];

/** True when a version lies in a range the tests cover; unknown versions do not. */
export function isTested(adapter: SdkAdapter, version: string | undefined): boolean {
  if (version === undefined) return false;
  return adapter.tested.some(([from, below]) => compare(version, from) >= 0 && compare(version, below) < 0);
}

function compare(a: string, b: string): number {
  const left = a.split(/[.-]/);
  const right = b.split(/[.-]/);
  for (let index = 0; index < 3; index += 1) {
    const difference = Number(left[index] ?? 0) - Number(right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
