'use strict';
/** OpenAI's clients for other platforms. */
const { collect, kind } = require('./seen.cjs');
const { chat, withUsage } = require('./openai-samples.cjs');

const hasAzure = ({ module }) => module.AzureOpenAI;
const hasBedrock = ({ module }) => module.BedrockOpenAI;
/** Model and deployment are one in Azure's URLs, unless the client names the deployment. */
const hot = { ...chat, model: 'gpt-4o-repair', temperature: 0.95 };

exports.cases = [
  { name: 'AzureOpenAI', has: hasAzure, run: (kit) => azure(kit, chat) },
  {
    name: 'AzureOpenAI: a repair that would change the URL is refused',
    has: hasAzure,
    run: (kit) => azure(kit, { ...chat, model: 'gpt-4o-azure' }),
    verify: (spans) => spans.filter(decided('fix')).map(() => 'repaired'),
  },
  {
    name: 'AzureOpenAI: nor where the client names the deployment',
    has: hasAzure,
    run: (kit) => azure(kit, { ...chat, model: 'gpt-4o-azure' }, { deployment: 'mine' }),
    verify: (spans) => spans.filter(decided('fix')).map(() => 'repaired'),
  },
  {
    name: 'AzureOpenAI: another repair is applied',
    has: hasAzure,
    repaired: { temperature: 0.7 },
    run: (kit) => azure(kit, hot),
  },
  {
    name: 'AzureOpenAI stream',
    has: hasAzure,
    run: async (kit) => {
      const urls = [];
      const stream = await azureClient(kit, urls).chat.completions.create({ ...chat, ...withUsage }, header);
      return { urls, chunks: await collect(stream) };
    },
  },
  {
    name: 'AzureOpenAI embeddings',
    has: hasAzure,
    run: async (kit) => {
      const urls = [];
      const params = { model: 'text-embedding-3-small', input: 'one' };
      const { data } = await azureClient(kit, urls).embeddings.create(params, header);
      return { urls, data };
    },
  },
  {
    name: 'AzureOpenAI responses',
    has: (kit) => hasAzure(kit) && kit.client().responses,
    run: async (kit) => {
      const urls = [];
      const answer = await azureClient(kit, urls).responses.create(
        { model: 'gpt-4o', input: 'Hello' },
        header,
      );
      return { urls, text: answer.output_text };
    },
  },
  {
    name: 'AzureOpenAI: instance',
    has: hasAzure,
    spans: 0,
    run: async (kit) => kind(azureClient(kit, []), kit.module).of,
  },
  { name: 'BedrockOpenAI', has: hasBedrock, run: (kit) => bedrock(kit).chat.completions.create(chat) },
  {
    name: 'BedrockOpenAI, repaired',
    has: hasBedrock,
    repaired: { temperature: 0.7 },
    run: (kit) => bedrock(kit).chat.completions.create(hot),
  },
  {
    name: 'BedrockOpenAI responses stream() helper',
    has: hasBedrock,
    run: async (kit) => {
      const runner = bedrock(kit).responses.stream({ model: 'gpt-4o', input: 'Hello' });
      return (await runner.finalResponse()).output_text;
    },
  },
];

/** The stand-in wants a key in OpenAI's header too. */
const header = { headers: { authorization: 'Bearer none' } };

const decided = (decision) => (span) => span.attributes['arc.decision'] === decision;

/** Azure's URLs name the deployment; the stand-in answers under OpenAI's. */
function azureClient({ module, server }, urls, more) {
  const send = (url, init) => {
    urls.push(String(url).replace(server.url, ''));
    const path = String(url).replace(/\/openai\/(deployments\/[^/]+|v1|(?=responses))/, '/v1/');
    return fetch(path.replace('/v1//', '/v1/'), init);
  };
  return new module.AzureOpenAI({
    apiKey: 'none',
    apiVersion: '2024-10-21',
    endpoint: server.url,
    fetch: send,
    maxRetries: 0,
    ...more,
  });
}

async function azure(kit, params, more) {
  const urls = [];
  const answer = await azureClient(kit, urls, more).chat.completions.create(params, header);
  return { urls, model: answer.model };
}

function bedrock({ module, server }) {
  return new module.BedrockOpenAI({ apiKey: 'none', baseURL: server.openaiBaseUrl, maxRetries: 0 });
}
