import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import test from 'ava';
import { waitUntil } from '../../helpers/wait-until.js';
import { brief, createMcpRig, find, HANDSHAKE, spansOf, type McpRig } from './rig.js';
import { HAS_MCP, loadMcp, withMcp, type McpSdk } from './sdk.js';
import { httpWorld, inMemoryWorld, outcome, type World } from './world.js';

let rig: McpRig;
let sdk: McpSdk;
test.before(async () => {
  rig = await createMcpRig();
  if (HAS_MCP) sdk = loadMcp();
});
test.beforeEach(() => {
  rig.arc.enable();
  rig.arc.setConfig({ controlUrl: 'none' });
  rig.spans();
});
test.after.always(() => rig.close());

/** A connected world whose handshake is over and forgotten. */
async function connected(...args: Parameters<typeof inMemoryWorld>): Promise<World> {
  const world = await inMemoryWorld(...args);
  await spansOf(rig, HANDSHAKE);
  return world;
}

withMcp('connect: the handshake has its spans, and the version is known from its answer on', async (t) => {
  await inMemoryWorld(t, sdk);
  const spans = await spansOf(rig, HANDSHAKE);
  t.deepEqual(
    brief(spans)
      .map(({ name, kind }) => `${kind} ${name}`)
      .sort(),
    [
      'client initialize',
      'client notifications/initialized',
      'server initialize',
      'server notifications/initialized',
    ],
  );
  for (const { attributes } of spans) t.is(attributes['mcp.protocol.version'], '2025-11-25');
  const sent = find(spans, 'notifications/initialized', 'client');
  const received = find(spans, 'notifications/initialized', 'server');
  t.is(received.parentSpanContext?.spanId, sent.spanContext().spanId);
  t.is(sent.attributes['jsonrpc.request.id'], undefined);
});

withMcp('tool: one client and one server span, linked over the message', async (t) => {
  const { client } = await connected(t, sdk);
  await client.callTool({ name: 'echo', arguments: { text: 'Elbe' } });
  const spans = await spansOf(rig, 2);
  t.deepEqual(brief(spans), [
    { name: 'tools/call echo', kind: 'server', error: undefined },
    { name: 'tools/call echo', kind: 'client', error: undefined },
  ]);
  const [served, called] = spans;
  t.is(served?.parentSpanContext?.spanId, called?.spanContext().spanId);
  t.true(served?.parentSpanContext?.isRemote);
  t.deepEqual(called?.attributes, {
    'mcp.method.name': 'tools/call',
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'echo',
    'jsonrpc.request.id': '1',
    'mcp.protocol.version': '2025-11-25',
  });
  t.deepEqual(served?.attributes, called?.attributes);
  t.deepEqual(served?.links, []);
});

withMcp('tool: one that fails is marked on both sides, without being an error of the protocol', async (t) => {
  const { client } = await connected(t, sdk);
  t.true((await client.callTool({ name: 'broken' })).isError);
  for (const { attributes, status } of await spansOf(rig, 2)) {
    t.is(attributes['error.type'], 'tool_error');
    t.is(attributes['rpc.response.status_code'], undefined);
    t.is(status.code, SpanStatusCode.ERROR);
  }
});

withMcp('error: the code is on both spans, the message on their status', async (t) => {
  const { client } = await connected(t, sdk);
  const params = { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'a', value: 'b' } };
  const schema = sdk.types['ResultSchema'];
  await outcome(() => client.request({ method: 'completion/complete', params }, schema));
  for (const { attributes, status } of await spansOf(rig, 2)) {
    t.is(attributes['error.type'], '-32602');
    t.is(attributes['rpc.response.status_code'], '-32602');
    t.deepEqual(status, { code: SpanStatusCode.ERROR, message: 'MCP error -32602: no such completion' });
  }
});

withMcp('error: a method nobody handles makes no name of its own at the server', async (t) => {
  const { client } = await connected(t, sdk);
  await outcome(() => client.request({ method: 'rivers/list' }, sdk.types['ResultSchema']));
  const spans = await spansOf(rig, 2);
  const served = find(spans, '_OTHER', 'server');
  t.is(served.attributes['mcp.method.name'], 'rivers/list');
  t.is(served.attributes['error.type'], '-32601');
  t.is(find(spans, 'rivers/list', 'client').attributes['rpc.response.status_code'], '-32601');
  const unknown = { 'mcp.method.name': '_OTHER', 'error.type': '-32601' };
  t.is(await rig.metric('mcp.server.operation.duration', unknown), 1);
});

withMcp('cancellation: both spans end at once, though the handler never does', async (t) => {
  const { client } = await connected(t, sdk);
  const controller = new AbortController();
  const { signal } = controller;
  const called = outcome(() => client.callTool({ name: 'endless' }, undefined, { signal }));
  setImmediate(() => controller.abort('enough'));
  await called;
  const spans = await spansOf(rig, 3);
  t.deepEqual(
    brief(spans).sort((a, b) => (a.name + a.kind < b.name + b.kind ? -1 : 1)),
    [
      { name: 'notifications/cancelled', kind: 'server', error: undefined },
      { name: 'tools/call endless', kind: 'client', error: 'cancelled' },
      { name: 'tools/call endless', kind: 'server', error: 'cancelled' },
    ],
  );
});

withMcp('timeout: the client says so, the server was cancelled', async (t) => {
  const { client } = await connected(t, sdk);
  await outcome(() => client.callTool({ name: 'endless' }, undefined, { timeout: 20 }));
  const spans = await spansOf(rig, 3);
  const called = find(spans, 'tools/call endless', 'client');
  t.is(called.attributes['error.type'], 'timeout');
  t.is(called.attributes['rpc.response.status_code'], undefined);
  t.is(find(spans, 'tools/call endless', 'server').attributes['error.type'], 'cancelled');
});

withMcp('handler: one that can never end has its span ended when it is collected', async (t) => {
  const { client } = await connected(t, sdk);
  void outcome(() => client.callTool({ name: 'endless' }));
  t.truthy(globalThis.gc, 'the tests run with --expose-gc');
  const spans: unknown[] = [];
  await waitUntil('the span to end', () => {
    globalThis.gc?.();
    spans.push(...rig.spans().map(({ attributes }) => attributes['error.type']));
    return spans.length > 0;
  });
  t.deepEqual(spans, ['abandoned']);
});

withMcp('close: a request under way fails as closed on one side and cancelled on the other', async (t) => {
  const { client } = await connected(t, sdk);
  const called = outcome(() => client.callTool({ name: 'endless' }));
  setImmediate(() => void client.close());
  await called;
  const spans = await spansOf(rig, 2);
  t.is(find(spans, 'tools/call endless', 'client').attributes['error.type'], 'connection_closed');
  t.is(find(spans, 'tools/call endless', 'server').attributes['error.type'], 'cancelled');
});

withMcp('not connected: the call fails as it would, with a span that has no id', async (t) => {
  const client = new sdk.Client({ name: 'c', version: '1' });
  const { message } = (await outcome(() => client.ping())) as { message: string };
  t.is(message, 'Not connected');
  const [span] = await spansOf(rig, 1);
  t.is(span?.attributes['error.type'], 'Error');
  t.is(span?.attributes['jsonrpc.request.id'], undefined);
});

withMcp('resource and prompt: the address is an attribute, the prompt is in the name', async (t) => {
  const { client } = await connected(t, sdk);
  await client.listResources();
  await client.readResource({ uri: 'notes://rivers' });
  await client.getPrompt({ name: 'greet' });
  const spans = await spansOf(rig, 6);
  for (const side of ['client', 'server'] as const) {
    t.truthy(find(spans, 'resources/list', side));
    t.is(find(spans, 'resources/read', side).attributes['mcp.resource.uri'], 'notes://rivers');
    t.is(find(spans, 'prompts/get greet', side).attributes['gen_ai.prompt.name'], 'greet');
    t.is(find(spans, 'prompts/get greet', side).attributes['gen_ai.operation.name'], undefined);
  }
});

withMcp('server: what a tool asks of the client is inside the span of the tool', async (t) => {
  const { client } = await connected(t, sdk);
  client.setNotificationHandler(sdk.types['LoggingMessageNotificationSchema'], () => undefined);
  await client.callTool({ name: 'roots' });
  const spans = await spansOf(rig, 6);
  const chain = [
    find(spans, 'tools/call roots', 'client'),
    find(spans, 'tools/call roots', 'server'),
    find(spans, 'roots/list', 'client'),
    find(spans, 'roots/list', 'server'),
  ];
  const logged = find(spans, 'notifications/message', 'client');
  for (const [index, span] of chain.entries()) {
    t.is(span.parentSpanContext?.spanId, chain[index - 1]?.spanContext().spanId);
    t.is(span.spanContext().traceId, logged.spanContext().traceId);
  }
  t.is(logged.parentSpanContext?.spanId, chain[1]?.spanContext().spanId);
  t.is(find(spans, 'notifications/message', 'server').parentSpanContext?.spanId, logged.spanContext().spanId);
});

withMcp('context: 200 calls at once, each handled under its own span', async (t) => {
  const { client } = await connected(t, sdk);
  const texts = Array.from({ length: 200 }, (_, index) => `river ${index}`);
  const answers = await Promise.all(
    texts.map((text) => client.callTool({ name: 'echo', arguments: { text } })),
  );
  t.deepEqual(
    answers.map(({ content }) => content[0]?.text),
    texts,
  );
  const spans = await spansOf(rig, 400);
  const ids = new Map(
    spans.map((span) => [span.spanContext().spanId, span.attributes['jsonrpc.request.id']]),
  );
  const served = spans.filter(({ kind }) => kind === SpanKind.SERVER);
  t.is(served.length, 200);
  for (const { parentSpanContext, attributes } of served) {
    t.is(ids.get(parentSpanContext?.spanId ?? ''), attributes['jsonrpc.request.id']);
  }
});

withMcp('HTTP: session, network and server are named, and a span of the transport is linked', async (t) => {
  const outer = trace.setSpan(ROOT_CONTEXT, tracer().startSpan('POST /mcp'));
  const { client, port } = await context.with(outer, () => httpWorld(t, sdk));
  await spansOf(rig, HANDSHAKE);
  await client.callTool({ name: 'echo', arguments: { text: 'Elbe' } });
  const spans = await spansOf(rig, 2);
  const called = find(spans, 'tools/call echo', 'client');
  const served = find(spans, 'tools/call echo', 'server');
  t.like(called.attributes, {
    'network.transport': 'tcp',
    'network.protocol.name': 'http',
    'server.address': '127.0.0.1',
    'server.port': port,
  });
  t.like(served.attributes, { 'network.transport': 'tcp', 'network.protocol.name': 'http' });
  t.is(served.attributes['server.address'], undefined);
  t.regex(String(called.attributes['mcp.session.id']), /^[0-9a-f-]{36}$/);
  t.is(served.attributes['mcp.session.id'], called.attributes['mcp.session.id']);
  t.is(served.parentSpanContext?.spanId, called.spanContext().spanId);
  // The server listens inside the outer span, so that is what is active when a request of HTTP arrives.
  t.deepEqual(
    served.links.map(({ context: { spanId } }) => spanId),
    [trace.getSpanContext(outer)?.spanId],
  );
});

withMcp('content: arguments and results are attached only when content is captured', async (t) => {
  const { client } = await connected(t, sdk);
  const call = (): Promise<unknown> => client.callTool({ name: 'echo', arguments: { text: 'Elbe' } });
  await call();
  for (const { attributes } of await spansOf(rig, 2)) t.false('gen_ai.tool.call.arguments' in attributes);
  rig.arc.setConfig({ controlUrl: 'none', captureContent: true });
  await call();
  for (const { attributes } of await spansOf(rig, 2)) {
    t.is(attributes['gen_ai.tool.call.arguments'], '{"text":"Elbe"}');
    t.is(attributes['gen_ai.tool.call.result'], '[{"type":"text","text":"Elbe"}]');
  }
});

withMcp('framework: a tool call it traces gets attributes and no second span', async (t) => {
  const { client, metas } = await connected(t, sdk);
  const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'echo' };
  const span = tracer().startSpan('execute_tool echo', { attributes });
  await inside(span, () => client.callTool({ name: 'echo', arguments: { text: 'Elbe' } }));
  t.true(span.isRecording(), 'its end is the business of the framework');
  span.end();
  const [served, outer] = await spansOf(rig, 2);
  t.is(outer?.name, 'execute_tool echo');
  t.is(outer?.attributes['mcp.method.name'], 'tools/call');
  t.is(outer?.attributes['jsonrpc.request.id'], '1');
  t.is(served?.parentSpanContext?.spanId, span.spanContext().spanId);
  t.regex(String(metas[0]?.['traceparent']), new RegExp(span.spanContext().spanId));
});

withMcp('framework: a span of another tool, or of an agent, gets a child', async (t) => {
  const { client } = await connected(t, sdk);
  for (const attributes of [
    { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'other' },
    { 'gen_ai.operation.name': 'invoke_agent' },
  ]) {
    const span = tracer().startSpan('outer', { attributes });
    await inside(span, () => client.callTool({ name: 'echo', arguments: { text: 'Elbe' } }));
    const called = find(await spansOf(rig, 2), 'tools/call echo', 'client');
    t.is(called.parentSpanContext?.spanId, span.spanContext().spanId);
    span.end();
    rig.spans();
  }
});

withMcp('metrics: operations by method and outcome, sessions when they end', async (t) => {
  const { client, server } = await connected(t, sdk);
  const sessionsBefore = await Promise.all(['client', 'server'].map(sessions));
  const tool = {
    'gen_ai.tool.name': 'broken',
    'error.type': 'tool_error',
    'gen_ai.operation.name': 'execute_tool',
  };
  const before = await rig.metric('mcp.client.operation.duration', tool);
  await client.callTool({ name: 'broken' });
  t.is(await rig.metric('mcp.client.operation.duration', tool), before + 1);
  t.true((await rig.metric('mcp.server.operation.duration', tool)) >= 1);
  t.deepEqual(await Promise.all(['client', 'server'].map(sessions)), sessionsBefore);
  await client.close();
  await server.close();
  const after = await Promise.all(['client', 'server'].map(sessions));
  t.deepEqual(
    after,
    sessionsBefore.map((count) => count + 1),
  );
});

function sessions(side: string): Promise<number> {
  return rig.metric(`mcp.${side}.session.duration`, { 'mcp.protocol.version': '2025-11-25' });
}

function inside<T>(span: Span, work: () => Promise<T>): Promise<T> {
  return context.with(trace.setSpan(ROOT_CONTEXT, span), work);
}

function tracer() {
  return rig.tracerProvider.getTracer('framework');
}
