import { startGoogle } from '../../helpers/providers/google-genai.js';
import { outcomeOf, partsOf } from '../../helpers/sdk-test.js';
import type { OwnProtocolCase, Variation } from './own-protocol-suite.js';

/** The part of `GoogleGenAI` the tests call. */
export interface Google {
  readonly models: {
    generateContent(params: object): Promise<Answer>;
    generateContentStream(params: object): Promise<AsyncGenerator>;
    embedContent(params: object): Promise<unknown>;
  };
  readonly chats: {
    create(params: object): {
      sendMessage(params: object): Promise<Answer>;
      sendMessageStream(params: object): Promise<AsyncGenerator>;
      getHistory(): readonly unknown[];
    };
  };
}
interface Answer {
  readonly text: string | undefined;
  readonly functionCalls: readonly unknown[] | undefined;
}
/** `GoogleGenAI` itself. */
export type GoogleClass = new (options: object) => Google;

/** Parameters of `generateContent()`. */
export const googleParams = ({
  model = 'gemini-2.5-flash',
  temperature,
  text = 'Hello',
}: Variation = {}) => ({
  model,
  contents: text,
  config: { temperature, maxOutputTokens: 64 },
});
const model = 'models/gemini-2.5-flash';
/** A tool's declaration. */
export const weather = {
  name: 'weather',
  parameters: { type: 'OBJECT', properties: { city: { type: 'STRING' } } },
};

/** A tool the SDK calls by itself, with a second request. */
const callable = () => ({
  tool: async () => Promise.resolve({ functionDeclarations: [weather] }),
  callTool: async () =>
    Promise.resolve([{ functionResponse: { name: 'weather', response: { sky: 'blue' } } }]),
});

/** `@google/genai`. */
export const googleCase: OwnProtocolCase<Google> = {
  module: '@google/genai',
  api: 'google.generate_content',
  provider: 'gcp.gemini',
  temperaturePath: 'config.temperature',
  finishReason: 'STOP',
  inputTokens: 12,
  outputTokens: 8,
  breakAborts: false,
  start: startGoogle,
  client(moduleExports, baseUrl) {
    const { GoogleGenAI } = moduleExports as { GoogleGenAI: GoogleClass };
    return new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl } });
  },
  params: googleParams,
  send: (google, sent) => google.models.generateContent(sent),
  chat: (google, variation) => google.models.generateContent(googleParams(variation)),
  stream: (google, variation) => google.models.generateContentStream(googleParams(variation)),
  temperatureOf: ({ generationConfig }) => (generationConfig as { temperature?: number }).temperature,
  ways: {
    generateContent: {
      run: async (google) => {
        const answer = await google.models.generateContent(googleParams());
        return [
          answer.constructor.name,
          answer.text,
          JSON.stringify({ ...answer, sdkHttpResponse: undefined }),
        ];
      },
    },
    'class of the promise and of the stream': {
      run: async (google) => {
        const promise = google.models.generateContentStream(googleParams());
        const stream = await promise;
        await partsOf(stream);
        return [promise.constructor.name, Object.prototype.toString.call(stream), typeof stream.throw];
      },
    },
    'a stream by for-await': {
      run: async (google) => {
        const parts = await partsOf(await google.models.generateContentStream(googleParams()));
        return parts.map((part) => (part as Answer).text);
      },
    },
    'a stream by hand, with a value asked for after its end': {
      run: async (google) => {
        const stream = await google.models.generateContentStream(googleParams());
        const steps = [await stream.next(), await stream.next(), await stream.next(), await stream.next()];
        return [steps.map(({ done }) => done), await stream.next(), await stream.return(7)];
      },
    },
    'without continuation': {
      run: async (google) => {
        const sent = { ...googleParams(), config: { automaticContinuation: false } };
        const stream = await google.models.generateContentStream(sent);
        return [(await google.models.generateContent(sent)).text, (await partsOf(stream)).length];
      },
      spans: 2,
    },
    'a tool the SDK calls by itself': {
      run: async (google) => {
        const config = { tools: [callable()] };
        return (await google.models.generateContent({ ...googleParams(), config })).text;
      },
      spans: 2,
    },
    'a chat': {
      run: async (google) => {
        const chat = google.chats.create({ model });
        const first = await chat.sendMessage({ message: 'Hello' });
        const second = await partsOf(await chat.sendMessageStream({ message: 'And now?' }));
        return [first.text, second.length, chat.getHistory()];
      },
      spans: 2,
    },
    embedContent: {
      run: async (google) => {
        const answer = await google.models.embedContent({ model: 'gemini-embedding-001', contents: 'Hello' });
        return JSON.stringify({ ...(answer as object), sdkHttpResponse: undefined });
      },
    },
    'aborted before': {
      run: (google) =>
        outcomeOf(
          google.models.generateContent({ ...googleParams(), config: { abortSignal: AbortSignal.abort() } }),
        ),
      tokens: false,
    },
    'aborted between two chunks': {
      run: async (google) => {
        const control = new AbortController();
        const config = { abortSignal: control.signal };
        const sent = { ...googleParams({ model: 'endless' }), config };
        const stream = await google.models.generateContentStream(sent);
        await stream.next();
        control.abort();
        return outcomeOf(partsOf(stream));
      },
    },
  },
};
