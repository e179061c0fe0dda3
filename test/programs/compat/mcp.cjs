'use strict';
/** `@modelcontextprotocol/sdk`: a client and a server in one process, in memory and over HTTP. */
const { randomUUID } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { setTimeout: delay } = require('node:timers/promises');

const COMPLETION = { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'a', value: 'b' } };
const PARTS = [
  'client/index.js',
  'server/mcp.js',
  'inMemory.js',
  'server/streamableHttp.js',
  'client/streamableHttp.js',
  'types.js',
];

const HANDSHAKE = ['initialize', 'notifications/initialized'];

/** A use of a client, with the spans of who asks and, where they are others, of who answers. */
const uses = [
  [
    'a tool',
    ({ client }) => client.callTool({ name: 'echo', arguments: { text: 'Elbe' } }),
    ['tools/call echo'],
  ],
  ['a tool that fails', ({ client }) => client.callTool({ name: 'broken' }), ['tools/call broken']],
  ['a tool nobody has', ({ client }) => client.callTool({ name: 'missing' }), ['tools/call missing']],
  [
    'a tool with wrong arguments',
    ({ client }) => client.callTool({ name: 'echo', arguments: { text: 1 } }),
    ['tools/call echo'],
  ],
  [
    'a tool that asks back',
    ({ client }) => client.callTool({ name: 'roots' }),
    ['roots/list', 'tools/call roots'],
  ],
  ['a list of tools', ({ client }) => client.listTools(), ['tools/list']],
  ['a list of resources', ({ client }) => client.listResources(), ['resources/list']],
  ['a resource', ({ client }) => client.readResource({ uri: 'notes://rivers' }), ['resources/read']],
  ['a resource nobody has', ({ client }) => client.readResource({ uri: 'notes://none' }), ['resources/read']],
  ['a prompt', ({ client }) => client.getPrompt({ name: 'greet' }), ['prompts/get greet']],
  ['a ping', ({ client }) => client.ping(), ['ping']],
  ['a method nobody handles', (world) => raw(world, 'rivers/list'), ['rivers/list'], ['_OTHER']],
  ['parameters the server refuses', (world) => raw(world, 'tools/call', { name: 7 }), ['tools/call']],
  ['an error with data', (world) => raw(world, 'completion/complete', COMPLETION), ['completion/complete']],
  [
    'a timeout',
    ({ client }) => client.callTool({ name: 'endless' }, undefined, { timeout: 30 }),
    ['notifications/cancelled', 'tools/call endless'],
    ['tools/call endless'],
  ],
  [
    'a signal aborted before',
    ({ client }) =>
      client.callTool({ name: 'echo' }, undefined, { signal: AbortSignal.abort(new Error('no')) }),
  ],
  ['calls in any order', inAnyOrder],
];

exports.sdk = {
  package: '@modelcontextprotocol/sdk',
  main: '@modelcontextprotocol/sdk/client/index.js',
  start: async () => [{ requests: [], close: async () => undefined }],
  kit: async ({ load }) => {
    const parts = await Promise.all(PARTS.map((path) => load(`@modelcontextprotocol/sdk/${path}`)));
    const { z } = await load('zod');
    return { sdk: Object.assign({ z }, ...parts) };
  },
  patterns: [],
  cases: ['in memory', 'over HTTP'].flatMap((transport) =>
    uses.map(([name, use, asked, answered = asked]) => ({
      name: `${transport}: ${name}`,
      spans: 0,
      named:
        asked && transport === 'in memory'
          ? [...HANDSHAKE, ...HANDSHAKE, ...asked, ...answered].sort()
          : undefined,
      run: async ({ sdk }) => {
        const world = await connect(sdk, transport);
        try {
          return await use(world);
        } finally {
          await world.close();
        }
      },
    })),
  ),
};

function raw({ client, sdk }, method, params) {
  return client.request({ method, params }, sdk.ResultSchema ?? sdk.EmptyResultSchema);
}

async function inAnyOrder({ client }) {
  const seen = [];
  const names = ['slow', 'echo', 'slow', 'echo'];
  await Promise.all(
    names.map(async (name, index) => {
      const { content } = await client.callTool({ name, arguments: { text: `call ${index}` } });
      seen.push(content[0].text);
    }),
  );
  return seen.map((text) => text.replace(/call [02]/, 'a slow call').replace(/call [13]/, 'a fast call'));
}

async function connect(sdk, transport) {
  const server = makeServer(sdk);
  const client = new sdk.Client({ name: 'c', version: '1' }, { capabilities: { roots: {} } });
  client.setRequestHandler(sdk.ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///tmp' }] }));
  if (transport === 'in memory') {
    const [clientSide, serverSide] = sdk.InMemoryTransport.createLinkedPair();
    await server.connect(serverSide);
    await client.connect(clientSide);
    return { client, sdk, close: () => client.close() };
  }
  const serverSide = new sdk.StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID() });
  await server.connect(serverSide);
  const http = createServer((request, response) => void serverSide.handleRequest(request, response));
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(`http://127.0.0.1:${http.address().port}/mcp`);
  await client.connect(new sdk.StreamableHTTPClientTransport(url));
  return {
    client,
    sdk,
    async close() {
      await client.close();
      await server.close();
      http.closeAllConnections();
      http.close();
    },
  };
}

function makeServer({ McpServer, McpError, z, ListRootsResultSchema, CompleteRequestSchema }) {
  const server = new McpServer(
    { name: 's', version: '1' },
    { capabilities: { completions: {}, logging: {} } },
  );
  const text = (content) => ({ content: [{ type: 'text', text: content }] });
  let echoed = 0;
  server.registerTool('echo', { inputSchema: { text: z.string() } }, ({ text: given }) => {
    echoed += 1;
    return text(given);
  });
  // Answers after two echoes, and a good while after, so that their answers are there first.
  server.registerTool('slow', { inputSchema: { text: z.string() } }, async ({ text: given }) => {
    while (echoed < 2) await delay(5);
    await delay(150);
    return text(given);
  });
  server.registerTool('broken', {}, () => {
    throw new Error('the river is dry');
  });
  server.registerTool('endless', {}, () => new Promise(() => undefined));
  server.registerTool('roots', {}, async ({ sendRequest }) =>
    text(JSON.stringify(await sendRequest({ method: 'roots/list' }, ListRootsResultSchema))),
  );
  const river = { uri: 'notes://rivers', text: 'Elbe' };
  server.registerResource('rivers', 'notes://rivers', {}, () => ({ contents: [river] }));
  const hello = { role: 'user', content: { type: 'text', text: 'Hello' } };
  server.registerPrompt('greet', {}, () => ({ messages: [hello] }));
  server.server.setRequestHandler(CompleteRequestSchema, () => {
    throw new McpError(-32_602, 'no such completion', { hint: 'none' });
  });
  return server;
}
