import type { SdkAdapter } from './adapter.js';
import { anthropicBedrock, anthropicVertex } from './anthropic-clouds.js';
import { anthropic } from './anthropic.js';
import { cohere } from './cohere.js';
import { googleGenai } from './google-genai.js';
import { bedrock } from './bedrock.js';
import { groq } from './groq.js';
import { mistral } from './mistral.js';
import { ollama } from './ollama.js';
import { openai } from './openai.js';
import { together } from './together.js';

/** Every SDK Arc knows, in the order `arc doctor` lists them. */
export const ADAPTERS: readonly SdkAdapter[] = [
  openai,
  anthropic,
  groq,
  together,
  ollama,
  bedrock,
  anthropicBedrock,
  anthropicVertex,
  googleGenai,
  mistral,
  cohere,
];

/** The adapters that may fit a client: one that recognises it as its own, otherwise those that go by shape. */
export function adaptersFor(client: unknown): readonly SdkAdapter[] {
  const certain = ADAPTERS.filter(({ isClient }) => isClient?.(client));
  return certain.length > 0 ? certain : ADAPTERS.filter(({ isClient }) => !isClient);
}

/** True when a version lies in a range the tests cover; unknown versions do not. */
export function isTested({ tested }: Pick<SdkAdapter, 'tested'>, version: string | undefined): boolean {
  if (version === undefined) return false;
  return tested.some(([from, below]) => compare(version, from) >= 0 && compare(version, below) < 0);
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
