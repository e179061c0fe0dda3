import type { SdkAdapter } from './adapter.js';
import { compatibleTarget, isClientOf, type CompatibleSdk } from './openai-compatible.js';
import { embeddings } from './openai-embeddings.js';
import { chatCompletions } from './openai.js';

const sdk: CompatibleSdk = { className: 'Together', provider: 'together_ai' };

/** Together AI through its own `together-ai`. */
export const together: SdkAdapter = {
  id: 'together',
  module: 'together-ai',
  tested: [['0.52.0', '0.53.0']],
  isClient: (client) => isClientOf(client, sdk.className),
  targets: [compatibleTarget(chatCompletions, sdk), compatibleTarget(embeddings, sdk)],
};
