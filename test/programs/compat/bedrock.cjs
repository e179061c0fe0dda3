'use strict';
/** `@aws-sdk/client-bedrock-runtime`, by its client with a method for each operation and by commands. */
const { startBedrock } = require('../../../dist/test/helpers/providers/bedrock.js');
const { collect, kind } = require('./seen.cjs');
const { sdkOf } = require('./ways.cjs');

const model = 'amazon.nova-lite-v1:0';
const CLAUDE = 'anthropic.claude-sonnet-4-20250514-v1:0';
const nova = (modelId = model) => ({
  modelId,
  messages: [{ role: 'user', content: [{ text: 'Name a river.' }] }],
  inferenceConfig: { temperature: 0.2, maxTokens: 64 },
});
const claude = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 64,
  messages: [{ role: 'user', content: 'Name a river.' }],
};
const invoke = ({ module }, body = claude, modelId = CLAUDE) =>
  new module.InvokeModelCommand({ modelId, contentType: 'application/json', body: JSON.stringify(body) });
const guardrail = {
  guardrailIdentifier: 'g',
  guardrailVersion: '1',
  source: 'INPUT',
  content: [{ text: { text: 'Hi' } }],
};

exports.sdk = sdkOf({
  package: '@aws-sdk/client-bedrock-runtime',
  start: () => startBedrock({ http2: true }),
  classOf: ({ BedrockRuntime }) => BedrockRuntime,
  arguments: (endpoint, more) => [
    {
      region: 'us-east-1',
      endpoint,
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      maxAttempts: 1,
      ...more,
    },
  ],
  model,
  modelKey: 'modelId',
  params: ({ model: modelId, temperature, text }) => ({
    modelId,
    messages: [{ role: 'user', content: [{ text }] }],
    inferenceConfig: { temperature, maxTokens: 64 },
  }),
  chat: (client, params, options) => client.converse(params, options),
  stream: (client, params, options) => client.converseStream(params, options).then(({ stream }) => stream),
  takes: ['signal', 'timeoutMs'],
  options: ({ signal, timeoutMs }) => ({
    ...(signal && { abortSignal: signal }),
    ...(timeoutMs && { requestTimeout: timeoutMs }),
  }),
  retries: { maxAttempts: 3 },
  breakAborts: false,
  usageOf: ({ usage }) => ({
    input: usage.inputTokens + usage.cacheReadInputTokens,
    output: usage.outputTokens,
  }),
  hot: { api: 'aws.bedrock.converse', path: 'inferenceConfig.temperature' },
  repaired: { inferenceConfig: { temperature: 0.5 } },
  own: [
    {
      name: 'a command',
      run: ({ client, module }) => client().send(new module.ConverseCommand(nova())),
    },
    {
      name: 'a command sent twice',
      spans: 2,
      run: async ({ client, module }) => {
        const command = new module.ConverseCommand(nova());
        const one = client();
        const answers = [await one.send(command), await one.send(command)];
        return [answers, command.input];
      },
    },
    {
      name: 'a client without methods for operations',
      run: ({ module, clientArguments }) =>
        new module.BedrockRuntimeClient(...clientArguments({})).send(new module.ConverseCommand(nova())),
    },
    {
      name: 'the answer to a stream: instance',
      run: async ({ client, module }) => {
        const answer = await client().send(new module.ConverseStreamCommand(nova()));
        const keys = Object.keys(answer);
        await collect(answer.stream);
        return [keys, kind(answer.stream, module).chain];
      },
    },
    {
      name: 'InvokeModel',
      run: async (kit) => {
        const { body, ...rest } = await kit.client().send(invoke(kit));
        return [body.constructor.name, body.transformToString(), rest];
      },
    },
    {
      name: 'InvokeModel of Titan',
      run: async (kit) => {
        const command = invoke(kit, { inputText: 'Hi' }, 'amazon.titan-text-express-v1');
        return (await kit.client().send(command)).body.transformToString();
      },
    },
    {
      name: 'InvokeModel of an embedding',
      run: async (kit) => {
        const command = invoke(kit, { inputText: 'Hi' }, 'amazon.titan-embed-text-v2:0');
        return (await kit.client().send(command)).body.transformToString();
      },
    },
    {
      name: 'InvokeModelWithResponseStream',
      run: async ({ client, module }) => {
        const input = { modelId: CLAUDE, body: JSON.stringify(claude) };
        const { body } = await client().send(new module.InvokeModelWithResponseStreamCommand(input));
        return (await collect(body)).map(({ chunk }) => Buffer.from(chunk.bytes).toString());
      },
    },
    {
      name: 'stream that fails in the middle',
      tokens: false,
      run: async ({ client, module }) =>
        collect((await client().send(new module.ConverseStreamCommand(nova('broken')))).stream),
    },
    {
      name: 'middleware of the command sees the request',
      repaired: { inferenceConfig: { temperature: 0.5 } },
      run: async ({ client, module }) => {
        const seen = [];
        const input = { ...nova(), inferenceConfig: { temperature: 0.95 } };
        const command = new module.ConverseCommand(input);
        command.middlewareStack.add((next) => (args) => (seen.push(args.request.method), next(args)), {
          step: 'build',
        });
        await client().send(command);
        return [seen, input];
      },
    },
    {
      name: 'the answer to a callback',
      run: ({ client, module }) =>
        new Promise((resolve) => {
          client().send(new module.ConverseCommand(nova()), (...seen) => resolve(seen));
        }),
    },
    {
      name: 'a guardrail: left alone',
      spans: 0,
      run: ({ client, module }) => client().send(new module.ApplyGuardrailCommand(guardrail)),
    },
    {
      name: 'a paginator: left alone',
      spans: 0,
      run: ({ client, module }) => collect(module.paginateListAsyncInvokes({ client: client() }, {})),
    },
    {
      name: 'a model that makes pictures: left alone',
      spans: 0,
      run: (kit) =>
        kit
          .client()
          .send(invoke(kit, { taskType: 'TEXT_IMAGE' }, 'amazon.nova-canvas-v1:0'))
          .then(() => 'sent'),
    },
  ],
});
