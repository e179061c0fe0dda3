import { propagation, SpanKind } from '@opentelemetry/api';
import test from 'ava';
import { createMcpRig, HANDSHAKE, spansOf, type McpRig } from './rig.js';
import { HAS_MCP, loadMcp, withMcp, type McpSdk } from './sdk.js';
import { inMemoryWorld, outcome, type World } from './world.js';

const METHODS = ['connect', 'request', 'notification', '_onrequest', '_onnotification', '_onclose'];
const ECHO = { name: 'echo', arguments: { text: 'Elbe' } };

let rig: McpRig;
let sdk: McpSdk;
test.before(async () => {
  rig = await createMcpRig();
  if (HAS_MCP) sdk = loadMcp();
});
test.beforeEach(() => {
  rig.arc.enable();
  rig.spans();
});
test.after.always(() => rig.close());

async function connected(...args: Parameters<typeof inMemoryWorld>): Promise<World> {
  const world = await inMemoryWorld(...args);
  if (rig.arc.isEnabled()) await spansOf(rig, HANDSHAKE);
  return world;
}

withMcp('message: the context travels in a copy, and what the caller gave stays as it is', async (t) => {
  const { client, metas } = await connected(t, sdk);
  const params = Object.freeze({ ...ECHO, _meta: Object.freeze({ note: 1 }) });
  await client.callTool(params);
  const [span] = (await spansOf(rig, 2)).filter(({ kind }) => kind === SpanKind.CLIENT);
  const { traceId = '', spanId = '' } = span?.spanContext() ?? {};
  t.deepEqual(metas, [{ note: 1, traceparent: `00-${traceId}-${spanId}-01` }]);
  t.deepEqual(params, { ...ECHO, _meta: { note: 1 } });
});

withMcp('message: a context the caller put in stays, and is the parent at the server', async (t) => {
  const { client, metas } = await connected(t, sdk);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await client.callTool({ ...ECHO, _meta: { traceparent } });
  t.deepEqual(metas, [{ traceparent }]);
  const [served] = (await spansOf(rig, 2)).filter(({ kind }) => kind === SpanKind.SERVER);
  t.is(served?.parentSpanContext?.spanId, 'b7ad6b7169203331');
});

withMcp('message: parameters that serialise themselves go out as the very object', async (t) => {
  const { client, metas } = await connected(t, sdk);
  await client.callTool({ ...ECHO, toJSON: () => ECHO });
  t.deepEqual(metas, [undefined]);
  t.is((await spansOf(rig, 2)).length, 2);
});

withMcp('message: without a propagator nothing is added', async (t) => {
  const { client, metas } = await connected(t, sdk);
  propagation.disable();
  await client.callTool(ECHO);
  await createMcpRig().then((other) => other.close()); // registers the propagator again
  t.deepEqual(metas, [undefined]);
});

withMcp('notification: those the SDK sends as one are still sent as one', async (t) => {
  const method = 'notifications/tools/list_changed';
  const { client, server } = await connected(t, sdk, {
    capabilities: { completions: {}, tools: { listChanged: true } },
    debouncedNotificationMethods: [method],
  });
  let received = 0;
  const arrived = new Promise<void>((resolve) => {
    client.setNotificationHandler(sdk.types['ToolListChangedNotificationSchema'], () => {
      received += 1;
      resolve();
    });
  });
  await Promise.all([server.server.notification({ method }), server.server.notification({ method })]);
  await arrived;
  await client.ping();
  t.is(received, 1);
});

withMcp('handler: the fallback is observed and stays in its place', async (t) => {
  const { client, server } = await connected(t, sdk);
  const fallback = (): unknown => ({ rivers: 2 });
  server.server.fallbackRequestHandler = fallback;
  const answer = await client.request({ method: 'rivers/list' }, sdk.types['ResultSchema']);
  t.deepEqual(answer, { rivers: 2 });
  t.is(server.server.fallbackRequestHandler, fallback);
  t.deepEqual(
    (await spansOf(rig, 2)).map(({ name }) => name),
    ['rivers/list', 'rivers/list'],
  );
});

withMcp('handler: one set while a request is on its way is not lost', async (t) => {
  const { client, server } = await connected(t, sdk);
  const first = client.ping();
  server.server.setRequestHandler(sdk.types['PingRequestSchema'], () => ({ second: true }));
  await first;
  t.deepEqual(await client.request({ method: 'ping' }, sdk.types['ResultSchema']), { second: true });
});

withMcp(
  'disable and enable: the originals are back and replaced again, a connected client included',
  async (t) => {
    const { client, metas } = await connected(t, sdk);
    const { prototype } = sdk.Protocol;
    const patched = METHODS.map((name) => prototype[name]);
    rig.arc.disable();
    const originals = METHODS.map((name) => prototype[name]);
    t.true(originals.every((method, index) => method !== patched[index] && !('__wrapped' in Object(method))));
    await client.callTool(ECHO);
    t.deepEqual(metas, [undefined]);
    t.is(rig.spans().length, 0);
    rig.arc.enable();
    t.true(METHODS.every((name, index) => prototype[name] !== originals[index]));
    await client.callTool(ECHO);
    t.is((await spansOf(rig, 2)).length, 2);
  },
);

withMcp('failure inside Arc: the call goes on as without it, and is counted', async (t) => {
  const { client, metas } = await connected(t, sdk);
  const before = rig.arc.counters.errors;
  const { tracerProvider } = rig;
  const failing = {
    startSpan: () => {
      throw new Error('no spans today');
    },
  };
  rig.arc.setTracerProvider({ getTracer: () => failing as never });
  t.is((await client.callTool(ECHO)).content[0]?.text, 'Elbe');
  t.deepEqual(await outcome(() => client.ping()), { value: {} });
  rig.arc.setTracerProvider(tracerProvider);
  t.is(rig.arc.counters.errors, before + 4);
  t.deepEqual(metas, [undefined]);
});

withMcp('error: what is thrown reaches the caller as the very object', async (t) => {
  const { client } = await connected(t, sdk);
  const reason = new Error('not today');
  const signal = AbortSignal.abort(reason);
  t.is(await client.callTool(ECHO, undefined, { signal }).catch((error: unknown) => error), reason);
  const odd = Object.defineProperty({}, 'message', {
    get: () => {
      throw new Error('no message today');
    },
  });
  const failing = { start: () => Promise.resolve(), send: () => Promise.reject(odd), close: () => undefined };
  const before = rig.arc.counters.errors;
  t.is(
    await new sdk.Client({ name: 'c', version: '1' }).connect(failing).catch((error: unknown) => error),
    odd,
  );
  t.is(rig.arc.counters.errors, before + 1);
});

withMcp('failure of a propagator: the message goes out as it came', async (t) => {
  const { client, metas } = await connected(t, sdk);
  const before = rig.arc.counters.errors;
  const fail = (): never => {
    throw new Error('no context today');
  };
  propagation.disable();
  propagation.setGlobalPropagator({ inject: fail, extract: fail, fields: () => [] });
  t.is((await client.callTool(ECHO)).content[0]?.text, 'Elbe');
  propagation.disable();
  await createMcpRig().then((other) => other.close());
  t.true(rig.arc.counters.errors > before);
  t.deepEqual(metas, [undefined]);
});

withMcp('wrap: a client and a server of a copy Arc did not see load are patched one by one', async (t) => {
  rig.arc.disable();
  const world = await connected(t, sdk);
  rig.arc.enable();
  for (const name of METHODS) restoreOriginal(name);
  t.is(rig.arc.wrap(world.client), world.client);
  t.is(rig.arc.wrap(world.server), world.server);
  await world.client.callTool(ECHO);
  const spans = await spansOf(rig, 2);
  t.deepEqual(spans.map(({ name, kind }) => `${kind} ${name}`).sort(), [
    '1 tools/call echo',
    '2 tools/call echo',
  ]);
  t.like(rig.arc.sdks().at(-1), { module: '@modelcontextprotocol/sdk', format: 'client' });
});

/** Takes the patch of one method off the class, as for a bundled copy whose class Arc cannot reach. */
function restoreOriginal(name: string): void {
  const method = sdk.Protocol.prototype[name] as { __unwrap?: () => void };
  method.__unwrap?.();
}

withMcp('status: the copy, its version and each method are listed', (t) => {
  const [copy] = rig.arc
    .sdks()
    .filter(({ module, format }) => module === '@modelcontextprotocol/sdk' && format === 'cjs');
  t.like(copy, { version: '1.32.2', support: 'tested' });
  t.deepEqual(
    copy?.targets.map(({ name }) => name),
    METHODS.map((name) => `Protocol.${name}`),
  );
});
