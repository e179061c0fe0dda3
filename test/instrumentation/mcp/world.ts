import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';
import type { HandlerExtra, McpClient, McpProtocol, McpSdk, McpServer } from './sdk.js';

/** A client connected to a server with a few tools, a resource and a prompt. */
export interface World {
  readonly client: McpClient;
  readonly server: McpServer;
  /** What the `notes` tool was given in `_meta`, call by call. */
  readonly metas: (Readonly<Record<string, unknown>> | undefined)[];
}

/** Connects client and server in memory; both are closed when the test ends. */
export async function inMemoryWorld(t: ExecutionContext, sdk: McpSdk, options?: object): Promise<World> {
  const [clientSide, serverSide] = sdk.InMemoryTransport.createLinkedPair();
  const world = createWorld(t, sdk, options);
  await world.server.connect(serverSide);
  await world.client.connect(clientSide);
  return world;
}

/** The same over streamable HTTP on a free port. */
export async function httpWorld(
  t: ExecutionContext,
  sdk: McpSdk,
): Promise<World & { readonly port: number }> {
  const world = createWorld(t, sdk);
  const transport = new sdk.StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID() });
  await world.server.connect(transport);
  const http = createServer((request, response) => void transport.handleRequest(request, response));
  await once(http.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  await world.client.connect(new sdk.StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)));
  return { ...world, port };
}

function createWorld(t: ExecutionContext, sdk: McpSdk, options: object = {}): World {
  const metas: World['metas'] = [];
  const client = new sdk.Client({ name: 'c', version: '1' }, { capabilities: { roots: {} } });
  client.setRequestHandler(sdk.types['ListRootsRequestSchema'], () => ({ roots: [{ uri: 'file:///tmp' }] }));
  const server = new sdk.McpServer(
    { name: 's', version: '1' },
    { capabilities: { completions: {}, logging: {} }, ...options },
  );
  t.teardown(() => client.close());
  registerTools(sdk, server, metas);
  server.registerResource('rivers', 'notes://rivers', {}, () => ({
    contents: [{ uri: 'notes://rivers', text: 'Elbe' }],
  }));
  server.registerPrompt('greet', {}, () => ({
    messages: [{ role: 'user', content: { type: 'text', text: 'Hello' } }],
  }));
  return { client, server, metas };
}

function registerTools({ z, types, McpError }: McpSdk, server: McpServer, metas: World['metas']): void {
  server.registerTool('echo', { inputSchema: { text: z.string() } }, ({ text }: { text: string }, extra) => {
    metas.push(extra._meta);
    return { content: [{ type: 'text', text }] };
  });
  server.registerTool('broken', {}, () => {
    throw new Error('the river is dry');
  });
  server.registerTool('endless', {}, () => new Promise(() => undefined));
  // The SDK gives a tool without arguments what is beside them alone.
  server.registerTool('started', {}, async ({ sendNotification }: HandlerExtra) => {
    await sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'on it' } });
    await new Promise(() => undefined);
  });
  server.registerTool('roots', {}, async ({ sendNotification, sendRequest }: HandlerExtra) => {
    await sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'looking' } });
    const roots = await sendRequest({ method: 'roots/list' }, types['ListRootsResultSchema']);
    return { content: [{ type: 'text', text: JSON.stringify(roots) }] };
  });
  server.server.setRequestHandler(types['CompleteRequestSchema'], () => {
    throw new McpError(-32_602, 'no such completion', { hint: 'none' });
  });
}

/** What became of a call: its value, or what its error says. */
export async function outcome(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: await call() };
  } catch (error) {
    if (!(error instanceof Error)) return { thrown: error };
    const { name, message, constructor } = error;
    const { code, data } = error as { code?: unknown; data?: unknown };
    return { name, message, class: constructor.name, code, data };
  }
}

/** One way to use a client, for a comparison of what it gives with and without Arc. */
export type Style = readonly [name: string, use: (client: McpClient, sdk: McpSdk) => Promise<unknown>];

const raw = (client: McpProtocol, sdk: McpSdk, method: string, params?: unknown): Promise<unknown> =>
  client.request({ method, params }, sdk.types['ResultSchema'] ?? sdk.types['EmptyResultSchema']);

/** Ordinary ways to use a client, those that fail included. */
export const STYLES: readonly Style[] = [
  ['a tool', (client) => client.callTool({ name: 'echo', arguments: { text: 'Elbe' } })],
  ['a tool that fails', (client) => client.callTool({ name: 'broken' })],
  ['a tool nobody has', (client) => client.callTool({ name: 'missing' })],
  ['a tool with wrong arguments', (client) => client.callTool({ name: 'echo', arguments: { text: 1 } })],
  ['a tool that asks back', (client) => client.callTool({ name: 'roots' })],
  ['a list of tools', (client) => client.listTools()],
  ['a list of resources', (client) => client.listResources()],
  ['a resource', (client) => client.readResource({ uri: 'notes://rivers' })],
  ['a resource nobody has', (client) => client.readResource({ uri: 'notes://none' })],
  ['a prompt', (client) => client.getPrompt({ name: 'greet' })],
  ['a ping', (client) => client.ping()],
  ['a method nobody handles', (client, sdk) => raw(client, sdk, 'rivers/list')],
  ['parameters the server refuses', (client, sdk) => raw(client, sdk, 'tools/call', { name: 7 })],
  ['an error with data', (client, sdk) => raw(client, sdk, 'completion/complete', COMPLETION)],
  ['a timeout', (client) => client.callTool({ name: 'endless' }, undefined, { timeout: 20 })],
  [
    'a signal aborted before',
    (client) => client.callTool({ name: 'echo' }, undefined, { signal: AbortSignal.abort(new Error('no')) }),
  ],
  ['a signal aborted while', abortWhile],
];

const COMPLETION = { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'a', value: 'b' } };

function abortWhile(client: McpClient, { types }: McpSdk): Promise<unknown> {
  const controller = new AbortController();
  client.setNotificationHandler(types['LoggingMessageNotificationSchema'], () => controller.abort('enough'));
  return client.callTool({ name: 'started' }, undefined, { signal: controller.signal });
}
