/** Loads both copies of both SDKs under an instrumentation of its own, and prints how disable and enable change them. */
import { createRequire } from 'node:module';
import { status } from 'arc';

const require = createRequire(import.meta.url);
const copies = [
  [require('openai').OpenAI.Chat.Completions, 'openai cjs'],
  [(await import('openai')).OpenAI.Chat.Completions, 'openai esm'],
  [require('@anthropic-ai/sdk').Anthropic.Messages, 'anthropic cjs'],
  [(await import('@anthropic-ai/sdk')).Anthropic.Messages, 'anthropic esm'],
];
const { instrumentation } = globalThis[Symbol.for('arc.process')];
const patched = copies.map(([owner]) => owner.prototype.create);
instrumentation.disable();
const originals = copies.map(([owner]) => owner.prototype.create);
instrumentation.enable();
const again = copies.map(([owner]) => owner.prototype.create);

console.log(
  JSON.stringify({
    distinct: new Set(copies.map(([owner]) => owner)).size,
    restored: originals.filter((method, index) => method !== patched[index] && !('__wrapped' in method))
      .length,
    patchedAgain: again.filter((method, index) => method !== originals[index]).length,
    listed: status().sdks.map(({ module, format }) => `${module} ${format}`),
  }),
);
