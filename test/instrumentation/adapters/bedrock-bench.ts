import { join } from 'node:path';
import test from 'ava';
import { hookEsModules } from '../../../src/instrumentation/module-hooks.js';
import { startBedrock, type BedrockServer } from '../../helpers/providers/bedrock.js';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { fromSdks } from '../../helpers/sdks.js';

/** The part of the AWS SDK's commands the tests use. */
export interface Command {
  readonly input: unknown;
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
}
/** Makes a command of its input. */
export type CommandClass = new (input: object) => Command;
interface Answer {
  readonly stream: AsyncIterable<unknown>;
  readonly body: AsyncIterable<unknown> & { transformToString(): string };
}
/** The part of the AWS SDK's client the tests use. */
export interface Client {
  send(command: Command, options?: unknown, callback?: unknown): Promise<Answer>;
  readonly middlewareStack: Command['middlewareStack'];
  converse(input: object): Promise<unknown>;
  destroy(): void;
}
/** Makes a client of its settings. */
export type ClientClass = new (config: object) => Client;
/** What the package exports. */
export interface Exports {
  readonly BedrockRuntimeClient: ClientClass;
  readonly BedrockRuntime: ClientClass;
  readonly ConverseCommand: CommandClass;
  readonly ConverseStreamCommand: CommandClass;
  readonly InvokeModelCommand: CommandClass;
  readonly InvokeModelWithResponseStreamCommand: CommandClass;
  readonly ApplyGuardrailCommand: CommandClass;
  readonly paginateListAsyncInvokes: (config: object, input: object) => AsyncIterable<unknown>;
}

/** What the tests of one file share. */
export interface BedrockBench {
  readonly rig: () => Rig;
  readonly server: () => BedrockServer;
  /** A client of a class, that leads to the server. */
  readonly made: (Class: ClientClass, config?: object) => Client;
  readonly client: (config?: object) => Client;
}

/** The CommonJS copy of the package. */
export const sdk = (): Exports => fromSdks('@aws-sdk/client-bedrock-runtime') as Exports;

/** The input of a Converse command. */
export const nova = (modelId = 'amazon.nova-lite-v1:0') => ({
  modelId,
  messages: [{ role: 'user', content: [{ text: 'Name a river.' }] }],
  inferenceConfig: { temperature: 0.2, topP: 0.9, maxTokens: 64, stopSequences: ['END'] },
});
export const converse = (modelId?: string): Command => new (sdk().ConverseCommand)(nova(modelId));
export const converseStream = (modelId?: string): Command => new (sdk().ConverseStreamCommand)(nova(modelId));

/** What Claude takes by InvokeModel. */
export const claudeBody = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 64,
  messages: [{ role: 'user', content: 'Name a river.' }],
};
export const CLAUDE = 'anthropic.claude-sonnet-4-20250514-v1:0';
export const invoke = (body: object = claudeBody, modelId = CLAUDE): Command =>
  new (sdk().InvokeModelCommand)({ modelId, contentType: 'application/json', body: JSON.stringify(body) });
export const invokeStream = (body: object = claudeBody, modelId = CLAUDE): Command =>
  new (sdk().InvokeModelWithResponseStreamCommand)({ modelId, body: JSON.stringify(body) });

/** With the patterns for Anthropic's own API. */
export const OPTIONS = { builtinPack: false, packs: [join(REPO_ROOT, 'packs', 'anthropic.yaml')] };

/** Declares the hooks that start and end a server and a rig for the tests of a file. */
export function onBedrock(): BedrockBench {
  let rig: Rig;
  let server: BedrockServer;
  const clients: Client[] = [];
  test.before(async () => {
    hookEsModules();
    server = await startBedrock({ http2: true });
    rig = await createRig(OPTIONS);
    registerPatterns(rig);
  });
  test.beforeEach(() => rig.spans());
  test.after.always(async () => {
    for (const one of clients) one.destroy();
    await rig.close();
    await server.close();
  });
  const made: BedrockBench['made'] = (Class, config = {}) => {
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
    const settings = { region: 'us-east-1', endpoint: server.url, credentials, maxAttempts: 1, ...config };
    const client = new Class(settings);
    clients.push(client);
    return client;
  };
  const client = (config?: object): Client => made(sdk().BedrockRuntimeClient, config);
  return { rig: () => rig, server: () => server, made, client };
}

function registerPatterns({ arc }: Rig): void {
  arc.registerPattern({
    pattern: { api: 'aws.bedrock.converse', 'inferenceConfig.temperature': { '>': 1 } },
    fix: [{ clamp: { field: 'inferenceConfig.temperature', max: 1 } }],
    id: 'test.hot',
  });
  arc.registerPattern({
    pattern: { api: 'aws.bedrock.invoke_model', max_gen_len: { '>': 2048 } },
    fix: [{ clamp: { field: 'max_gen_len', max: 2048 } }],
    id: 'test.llama',
  });
}
