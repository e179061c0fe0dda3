'use strict';
/** LangChain and LangGraph with OpenAI and Anthropic. */
const { startModelServer } = require('../../../dist/src/cli/demo/model-server.js');
const { collect, kind } = require('./seen.cjs');
const { manyAtOnce } = require('./many-at-once.cjs');

const input = { messages: [{ role: 'user', content: 'Hello there' }] };
const refused = { messages: [{ role: 'user', content: 'Hi [model-server status=400 times=100]' }] };
const contents = ({ messages }) => messages.map(({ content }) => content);
const pieces = async (stream) => (await collect(await stream)).map(({ content }) => content);

exports.sdk = {
  package: '@langchain/langgraph',
  start: async () => [await startModelServer()],
  kit: makeKit,
  patterns: [{ pattern: { model: 'gpt-4o-repair', temperature: { '>': 0.9 } }, fix: { temperature: 0.7 } }],
  cases: [
    { name: 'ChatOpenAI', run: async ({ openai }) => (await openai().invoke('Hi')).content },
    {
      name: 'ChatOpenAI: instance and usage of the answer',
      run: async ({ openai, messages }) => {
        const answer = await openai().invoke('Hi');
        return [kind(answer, messages).of, answer.usage_metadata];
      },
    },
    {
      name: 'ChatOpenAI repaired',
      repaired: { temperature: 0.7 },
      run: async ({ openai }) =>
        typeof (await openai({ model: 'gpt-4o-repair', temperature: 0.95 }).invoke('Hi')).content,
    },
    { name: 'ChatOpenAI streamed', run: async ({ openai }) => pieces(openai().stream('Hi')) },
    {
      name: 'ChatOpenAI streamed, left early',
      tokens: false,
      run: async ({ openai }) => {
        for await (const _chunk of await openai().stream('Hi [model-server stream=endless]')) break;
      },
    },
    {
      name: 'ChatOpenAI by responses',
      run: async ({ openai }) => (await openai({ useResponsesApi: true }).invoke('Hi')).content,
    },
    {
      name: 'ChatOpenAI, a batch',
      spans: 3,
      run: async ({ openai }) =>
        (await openai().batch(['one', 'two', 'three'])).map(({ content }) => content),
    },
    {
      name: 'ChatOpenAI refused',
      tokens: false,
      run: ({ openai }) => openai().invoke(refused.messages),
    },
    {
      name: 'ChatOpenAI aborted before',
      spans: 0,
      run: ({ openai }) => openai().invoke('Hi', { signal: AbortSignal.abort() }),
    },
    {
      name: 'ChatOpenAI aborted while',
      tokens: false,
      run: async ({ openai, server }) => {
        const controller = new AbortController();
        const before = server.requests.length;
        const promise = openai().invoke('Hi [model-server delay=5000]', { signal: controller.signal });
        while (server.requests.length === before) await new Promise(setImmediate);
        controller.abort();
        return promise;
      },
    },
    {
      name: 'structured output',
      run: ({ openai, city }) => openai().withStructuredOutput(city).invoke('Hi'),
    },
    {
      name: 'a bound tool',
      run: async ({ openai, weather }) =>
        (await openai().bindTools([weather]).invoke('Hi')).tool_calls.map(({ name, args }) => [name, args]),
    },
    { name: 'OpenAIEmbeddings', run: async ({ embeddings }) => (await embeddings.embedQuery('Hi')).length },
    { name: 'ChatAnthropic', run: async ({ claude }) => (await claude.invoke('Hi')).content },
    { name: 'ChatAnthropic streamed', run: async ({ claude }) => pieces(claude.stream('Hi')) },
    { name: 'a tool alone', spans: 0, run: ({ weather }) => weather.invoke({ city: 'Turin' }) },
    { name: 'a tool that throws', spans: 0, run: ({ broken }) => broken.invoke({ city: 'Turin' }) },
    { name: 'an agent', spans: 2, run: async ({ agent }) => contents(await agent.invoke(input)) },
    {
      name: 'an agent streamed',
      spans: 2,
      run: async ({ agent }) =>
        (await collect(await agent.stream(input, { streamMode: 'values' }))).map(contents),
    },
    {
      name: 'an agent by its events',
      spans: 2,
      run: async ({ agent }) =>
        (await collect(agent.streamEvents(input, { version: 'v2' }))).map(({ event }) => event),
    },
    {
      name: 'an agent whose tool throws',
      spans: 2,
      run: async ({ careless }) => contents(await careless.invoke(input)),
    },
    { name: 'a graph', run: async ({ graph }) => contents(await graph.invoke(input)) },
    {
      name: 'a graph with a refused request',
      tokens: false,
      run: ({ graph }) => graph.invoke(refused),
    },
    {
      name: 'an agent in a graph',
      spans: 2,
      run: async ({ nested }) => contents(await nested.invoke(input)),
    },
    manyAtOnce({
      count: ({ atOnce }) => Math.min(atOnce, 200),
      prepare: (kit) => kit,
      call: ({ openai }, model, text) => openai({ model }).invoke(text),
      read: ({ usage_metadata: usage, content }) => ({
        input: usage.input_tokens,
        output: usage.output_tokens,
        content,
      }),
    }),
  ],
};

async function makeKit({ module, load, server }) {
  const [
    { ChatOpenAI, OpenAIEmbeddings },
    { ChatAnthropic },
    { tool },
    { createReactAgent },
    messages,
    { z },
  ] = await Promise.all(
    [
      '@langchain/openai',
      '@langchain/anthropic',
      '@langchain/core/tools',
      '@langchain/langgraph/prebuilt',
      '@langchain/core/messages',
      'zod',
    ].map(load),
  );
  const { StateGraph, MessagesAnnotation, START, END } = module;
  const city = z.object({ city: z.string() });
  const configuration = { baseURL: server.openaiBaseUrl };
  const openai = (more) =>
    new ChatOpenAI({ model: 'gpt-4o', apiKey: 'none', configuration, maxRetries: 0, ...more });
  const named = (name, run) => tool(run, { name, description: 'The weather of a city.', schema: city });
  const weather = named('weather', ({ city: place }) => `sunny in ${place}`);
  const broken = named('broken', () => {
    throw new RangeError('no weather today');
  });
  const single = (node) =>
    new StateGraph(MessagesAnnotation)
      .addNode('only', node)
      .addEdge(START, 'only')
      .addEdge('only', END)
      .compile();
  const agent = createReactAgent({ llm: openai(), tools: [weather], name: 'forecaster' });
  return {
    openai,
    embeddings: new OpenAIEmbeddings({ model: 'text-embedding-3-small', apiKey: 'none', configuration }),
    claude: new ChatAnthropic({
      model: 'claude-sonnet-4-6',
      apiKey: 'none',
      maxTokens: 64,
      anthropicApiUrl: server.anthropicBaseUrl,
    }),
    messages,
    city,
    weather,
    broken,
    agent,
    careless: createReactAgent({ llm: openai(), tools: [broken] }),
    graph: single(async ({ messages: given }) => ({ messages: [await openai().invoke(given)] })),
    nested: single(agent),
  };
}
