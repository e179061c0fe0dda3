import { startCohere } from '../../helpers/providers/cohere.js';
import { outcomeOf, partsOf } from '../../helpers/sdk-test.js';
import type { OwnProtocolCase, Variation } from './own-protocol-suite.js';

/** The part of `V2Client` the tests call. */
export interface CohereV2 {
  chat(params: object, options?: object): ResponsePromise<unknown>;
  chatStream(params: object, options?: object): ResponsePromise<AsyncIterable<unknown>>;
  embed(params: object): ResponsePromise<unknown>;
}
interface ResponsePromise<T> extends Promise<T> {
  withRawResponse(): Promise<{ readonly data: T; readonly rawResponse: { readonly status: number } }>;
}

/** What `cohere-ai` exports. */
export interface CohereExports {
  readonly CohereClientV2: new (options: object) => CohereV2;
  readonly CohereClient: new (options: object) => { readonly v2: CohereV2 };
}

/** Parameters of `chat()`. */
export const cohereParams = ({
  model = 'command-a-03-2025',
  temperature,
  text = 'Hello',
}: Variation = {}) => ({
  model,
  messages: [{ role: 'user', content: text }],
  ...(temperature !== undefined && { temperature }),
});

/** `cohere-ai`, by `CohereClientV2`. */
export const cohereCase: OwnProtocolCase<CohereV2> = {
  module: 'cohere-ai',
  api: 'cohere.chat',
  provider: 'cohere',
  temperaturePath: 'temperature',
  finishReason: 'COMPLETE',
  inputTokens: 8,
  outputTokens: 5,
  breakAborts: true,
  start: startCohere,
  client(moduleExports, environment) {
    const { CohereClientV2 } = moduleExports as CohereExports;
    // The SDK leaves the timer of its timeout running when a request fails.
    return new CohereClientV2({ token: 'none', environment, maxRetries: 0, timeoutInSeconds: 2 });
  },
  params: cohereParams,
  send: (cohere, sent) => cohere.chat(sent),
  chat: (cohere, variation) => cohere.chat(cohereParams(variation)),
  stream: (cohere, variation) => cohere.chatStream(cohereParams(variation)),
  temperatureOf: ({ temperature }) => temperature,
  ways: {
    chat: { run: async (cohere) => cohere.chat(cohereParams()) },
    'the same promise awaited twice, and its raw response': {
      run: async (cohere) => {
        const promise = cohere.chat(cohereParams());
        const { data, rawResponse } = await promise.withRawResponse();
        return [
          promise.constructor.name,
          (await promise) === (await promise),
          data === (await promise),
          rawResponse.status,
        ];
      },
    },
    'then, catch and finally': {
      run: async (cohere) => {
        const seen: string[] = [];
        await cohere
          .chat(cohereParams())
          .then(() => seen.push('then'))
          .catch(() => seen.push('catch'))
          .finally(() => seen.push('finally'));
        return seen;
      },
    },
    'raw response of a refused request': {
      run: async (cohere) => outcomeOf(cohere.chat(cohereParams({ model: 'refuse-400' })).withRawResponse()),
      tokens: false,
    },
    'a stream by for-await': { run: async (cohere) => partsOf(await cohere.chatStream(cohereParams())) },
    'class of the stream': {
      run: async (cohere) => {
        const { data, rawResponse } = await cohere.chatStream(cohereParams()).withRawResponse();
        await partsOf(data);
        return [data.constructor.name, Object.keys(data), rawResponse.status];
      },
    },
    embed: {
      run: async (cohere) =>
        cohere.embed({ model: 'embed-v4.0', inputType: 'search_query', texts: ['Hello'] }),
    },
    'aborted before': {
      run: async (cohere) => outcomeOf(cohere.chat(cohereParams(), { abortSignal: AbortSignal.abort() })),
      tokens: false,
    },
    'aborted between two chunks': {
      run: async (cohere) => {
        const control = new AbortController();
        const options = { abortSignal: control.signal };
        const stream = await cohere.chatStream(cohereParams({ model: 'endless' }), options);
        const steps = stream[Symbol.asyncIterator]();
        await steps.next();
        control.abort();
        return outcomeOf(readOn(steps));
      },
      tokens: false,
    },
  },
};

/** What was under way when the abort came may still arrive. */
async function readOn(steps: AsyncIterator<unknown>): Promise<void> {
  while ((await steps.next()).done !== true);
}
