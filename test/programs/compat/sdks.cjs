'use strict';
/**
 * The SDKs: their package, the stand-ins they talk to, how their clients are made, the patterns in force under Arc and
 * the cases. `main` is the module to load where it is not the package itself.
 */
const { startModelServer } = require('../../../dist/src/cli/demo/model-server.js');
const { startMedia } = require('./media-server.cjs');
const clouds = require('./clouds.cjs');

const casesOf = (...files) => files.flatMap((file) => require(file).cases);
const repairOf = (model) => ({ pattern: { model, temperature: { '>': 0.9 } }, fix: { temperature: 0.7 } });

exports.SDKS = {
  openai: () => ({
    package: 'openai',
    start: () => Promise.all([startModelServer(), startMedia('openai')]),
    kit: ({ module, servers: [models, media] }) => ({
      ...clientsOf(module.OpenAI ?? module.default, { apiKey: 'none', baseURL: models.openaiBaseUrl }),
      media: `${media.url}/v1`,
    }),
    patterns: [
      repairOf('gpt-4o-repair'),
      { pattern: { model: 'gpt-4o-azure' }, fix: { model: 'gpt-4o-elsewhere' } },
    ],
    cases: casesOf(
      './openai-chat.cjs',
      './openai-streams.cjs',
      './openai-stream-ends.cjs',
      './openai-order.cjs',
      './openai-requests.cjs',
      './openai-clients.cjs',
      './openai-platforms.cjs',
      './openai-embeddings.cjs',
      './openai-other.cjs',
      './openai-formats.cjs',
      './openai-beside.cjs',
    ),
  }),
  anthropic: () => ({
    package: '@anthropic-ai/sdk',
    start: () => Promise.all([startModelServer(), startMedia('anthropic')]),
    kit: ({ module, servers: [models, media] }) => ({
      ...clientsOf(module.Anthropic ?? module.default, { apiKey: 'none', baseURL: models.anthropicBaseUrl }),
      media: media.url,
    }),
    patterns: [repairOf('claude-repair')],
    cases: casesOf(
      './anthropic-calls.cjs',
      './anthropic-streams.cjs',
      './anthropic-requests.cjs',
      './anthropic-stream-ends.cjs',
      './anthropic-other.cjs',
    ),
  }),
  'anthropic-bedrock': () => cloud('@anthropic-ai/bedrock-sdk', clouds.bedrock),
  'anthropic-vertex': () => cloud('@anthropic-ai/vertex-sdk', clouds.vertex),
  groq: () => compatible('groq-sdk', 'Groq', ({ url }) => ({ baseURL: url, fetch: clouds.groq })),
  together: () => compatible('together-ai', 'Together', ({ openaiBaseUrl }) => ({ baseURL: openaiBaseUrl })),
  'google-genai': () => require('./google-genai.cjs').sdk,
  mistral: () => require('./mistral.cjs').sdk,
  cohere: () => require('./cohere.cjs').sdk,
  ollama: () => require('./ollama.cjs').sdk,
  bedrock: () => require('./bedrock.cjs').sdk,
  'vercel-ai': () => require('./vercel-ai.cjs').sdk,
  langchain: () => require('./langchain.cjs').sdk,
  'openai-agents': () => require('./openai-agents.cjs').sdk,
  mcp: () => require('./mcp.cjs').sdk,
};

/** Clients without retries, unless a case asks for others. */
function clientsOf(Client, defaults) {
  const options = { maxRetries: 0, ...defaults };
  return { Client, options, client: (more) => new Client({ ...options, ...more }) };
}

/** Anthropic's clients for other platforms: the table of its own, where the platform has what a case calls. */
function cloud(name, { className, options }) {
  return {
    package: name,
    start: () => Promise.all([startModelServer(), startMedia('anthropic')]),
    kit: ({ module, servers: [models, media] }) => ({
      ...clientsOf(module[className], options(models)),
      media: media.url,
    }),
    patterns: [repairOf('claude-repair')],
    cases: casesOf(
      './anthropic-calls.cjs',
      './anthropic-streams.cjs',
      './anthropic-requests.cjs',
      './anthropic-stream-ends.cjs',
    ),
  };
}

/** SDKs generated as OpenAI's is: its table, where they have what a case calls. */
function compatible(name, className, optionsOf) {
  return {
    package: name,
    start: async () => [await startModelServer()],
    kit: ({ module, server }) =>
      clientsOf(module[className] ?? module.default, { apiKey: 'none', ...optionsOf(server) }),
    patterns: [repairOf('gpt-4o-repair')],
    cases: casesOf(
      './openai-chat.cjs',
      './openai-streams.cjs',
      './openai-stream-ends.cjs',
      './openai-order.cjs',
      './openai-requests.cjs',
      './openai-clients.cjs',
      './openai-embeddings.cjs',
    ),
  };
}
