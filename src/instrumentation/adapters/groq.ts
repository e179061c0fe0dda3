import type { SdkAdapter } from './adapter.js';
import { compatibleTarget, isClientOf, type CompatibleSdk } from './openai-compatible.js';
import { embeddings } from './openai-embeddings.js';
import { chatCompletions } from './openai.js';
import { record } from './shape.js';

/** Groq tells the token counts of a stream in the last chunk, under a name of its own. */
const sdk: CompatibleSdk = {
  className: 'Groq',
  provider: 'groq',
  usageOf: (chunk) => record(record(chunk)['x_groq'])['usage'],
};

/** Groq through its own `groq-sdk`. */
export const groq: SdkAdapter = {
  id: 'groq',
  module: 'groq-sdk',
  tested: [['1.6.0', '2.0.0']],
  isClient: (client) => isClientOf(client, sdk.className),
  targets: [compatibleTarget(chatCompletions, sdk), compatibleTarget(embeddings, sdk)],
};
