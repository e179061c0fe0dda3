import { startProvider, type Body, type Provider, type ProviderServer } from './loopback.js';

/** What the Gemini API counts: thoughts beside the answer, cached tokens within the prompt. */
const USAGE = {
  promptTokenCount: 12,
  cachedContentTokenCount: 4,
  candidatesTokenCount: 5,
  thoughtsTokenCount: 3,
  totalTokenCount: 20,
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: 10 },
    { modality: 'IMAGE', tokenCount: 2 },
  ],
  cacheTokensDetails: [{ modality: 'TEXT', tokenCount: 4 }],
  candidatesTokensDetails: [{ modality: 'TEXT', tokenCount: 5 }],
};

const TEXTS = ['Hello', ' from', ' Gemini'];

/**
 * Starts a stand-in for the Gemini API and Vertex AI: `generateContent`, `streamGenerateContent`, `batchEmbedContents` and
 * `predict`. It calls the first tool offered until a result of a tool comes.
 */
export function startGoogle(): Promise<ProviderServer> {
  return startProvider(google);
}

const google: Provider = {
  error: (code, message) => ({
    error: { code, message, status: code === 400 ? 'INVALID_ARGUMENT' : 'UNAVAILABLE' },
  }),
  answer({ method, path, body }) {
    if (path.endsWith(':generateContent')) return answer(partsOf(body), 'STOP');
    if (path.endsWith(':countTokens')) return { totalTokens: 3 };
    if (method === 'GET') return { name: 'models/gemini-2.5-flash', displayName: 'Gemini', version: '001' };
    if (path.endsWith(':batchEmbedContents')) {
      return { embeddings: [{ values: [0.25, 0.5] }], usageMetadata: { promptTokenCount: 3 } };
    }
    if (!path.endsWith(':predict')) return undefined;
    return {
      predictions: [
        { embeddings: { values: [0.25, 0.5], statistics: { token_count: 3, truncated: false } } },
      ],
    };
  },
  events({ path, body }) {
    if (!path.includes(':streamGenerateContent')) return undefined;
    const parts = partsOf(body);
    if (JSON.stringify(parts).includes('functionCall')) return [event(answer(parts, 'STOP'))];
    return TEXTS.map((text, index) => {
      const last = index === TEXTS.length - 1;
      return event(answer([{ text }], last ? 'STOP' : undefined));
    });
  },
};

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}

function answer(parts: unknown, finishReason: string | undefined): unknown {
  return {
    candidates: [{ content: { role: 'model', parts }, finishReason, index: 0 }],
    usageMetadata: USAGE,
    modelVersion: 'gemini-2.5-flash-001',
    responseId: 'response-1',
  };
}

function partsOf({ tools, contents }: Body): unknown {
  const [tool] = (tools ?? []) as readonly { functionDeclarations?: readonly { name: string }[] }[];
  const name = tool?.functionDeclarations?.[0]?.name;
  if (name === undefined || JSON.stringify(contents).includes('functionResponse')) {
    return [{ text: 'Thinking', thought: true }, { text: TEXTS.join('') }];
  }
  return [{ functionCall: { name, args: { city: 'Bern' } } }];
}
