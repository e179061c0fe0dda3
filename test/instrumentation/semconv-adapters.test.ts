import type { DataPoint } from '@opentelemetry/sdk-metrics';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import test, { type ExecutionContext } from 'ava';
import { ANY, type AdapterCase } from '../golden/semconv-adapter-case.js';
import { messageFaults } from '../golden/message-schema.js';
import { COHERE_CASES } from '../golden/semconv-cohere.js';
import { COMPATIBLE_CASES } from '../golden/semconv-compatible.js';
import { METRICS } from '../golden/semconv-metrics.js';
import { OWN_PROTOCOL_CASES } from '../golden/semconv-own-protocols.js';
import { BEDROCK_CASES, OLLAMA_CASES } from '../golden/semconv-platforms.js';
import { createRig, type Rig } from '../helpers/rig.js';
import { partsOf, sdkTest } from '../helpers/sdk-test.js';
import { SDKS_HERE } from '../helpers/sdks.js';
import { startAsks, type Asks } from '../helpers/semconv-clients.js';
import { checkMetric } from '../helpers/semconv-metric.js';
import { checkAgainstTable, recordSpans, type SeenSpan } from '../helpers/semconv.js';
import { waitUntil } from '../helpers/wait-until.js';

const CASES = [
  ...OWN_PROTOCOL_CASES,
  ...COHERE_CASES,
  ...BEDROCK_CASES,
  ...OLLAMA_CASES,
  ...COMPATIBLE_CASES,
];

let rig: Rig;
let asks: Asks;
const seen: SeenSpan[] = [];
test.before(async () => {
  rig = await createRig({ builtinPack: false });
  rig.arc.setTracerProvider(new TracerProvider({ spanProcessors: [recordSpans(seen)] }));
  if (SDKS_HERE) asks = await startAsks(rig.models.url);
});
test.after.always(async () => {
  await rig.close();
  if (SDKS_HERE) await asks.close();
});

for (const one of CASES) {
  sdkTest(`span of ${one.ask}: ${one.title}`, async (t) => {
    seen.length = 0;
    await call(one);
    const [first, ...others] = await waitUntil('the span to end', () => seen.length > 0 && seen);
    t.deepEqual(others, []);
    if (first) checkSpan(t, first, one);
  });
}

/** Reads the answer to its end. The AWS SDK keeps the stream inside the answer. */
async function call({ ask, params, streams }: AdapterCase): Promise<void> {
  const answer = await asks.ask[ask]?.(params);
  if (!streams || typeof answer === 'string') return;
  const { stream, body } = answer as { readonly stream?: unknown; readonly body?: unknown };
  const inside = ask.startsWith('bedrock.') ? (stream ?? body) : answer;
  await partsOf(inside as AsyncIterable<unknown>); // the case says that it streams
}

function checkSpan(t: ExecutionContext, seenSpan: SeenSpan, { says, streams, type }: AdapterCase): void {
  checkAgainstTable(t, type ?? 'inference', seenSpan);
  const {
    'server.address': address,
    'server.port': _port, // free, another each time; the table wants one with each address
    'arc.decision': decision,
    'arc.match.duration': duration,
    'gen_ai.response.time_to_first_chunk': firstChunk,
    ...told
  } = seenSpan.span.attributes;
  // The AWS SDK tells its address only when it has been asked once.
  t.true(
    address === '127.0.0.1' || (address === undefined && says['gen_ai.provider.name'] === 'aws.bedrock'),
  );
  t.is(decision, 'pass');
  t.is(typeof duration, 'number');
  t.is(typeof firstChunk, streams ? 'number' : 'undefined');
  const known = Object.entries(told).map(([key, value]) => [key, says[key] === ANY ? ANY : value]);
  t.deepEqual(Object.fromEntries(known), says);
}

sdkTest('content: of every provider, asked and answered in the form of the schemas', async (t) => {
  rig.arc.setConfig({ builtinPack: false, captureContent: true });
  for (const one of CASES.filter(({ type }) => type !== 'embeddings')) {
    seen.length = 0;
    await call(one);
    const [first] = await waitUntil('the span to end', () => seen.length > 0 && seen);
    for (const name of ['gen_ai.input.messages', 'gen_ai.output.messages']) {
      const messages: unknown = JSON.parse(String(first?.span.attributes[name]));
      t.deepEqual(messageFaults(messages), [], `${one.ask}: ${name}`);
      t.true(Array.isArray(messages) && messages.length > 0, `${one.ask}: ${name}`);
    }
  }
  rig.arc.setConfig({ builtinPack: false });
});

sdkTest('metrics: of every provider, each in the table', async (t) => {
  const metrics = (await rig.metrics()).filter(({ dataPoints }) => dataPoints.length > 0);
  for (const metric of metrics) {
    const rule = METRICS[metric.descriptor.name];
    t.truthy(rule, `${metric.descriptor.name} is in the table`);
    if (rule) checkMetric(t, metric, rule);
  }
  const providers = new Set(
    metrics
      .filter(({ descriptor }) => descriptor.name === 'gen_ai.client.inference.duration')
      .flatMap(({ dataPoints }): readonly DataPoint<unknown>[] => dataPoints)
      .map(({ attributes }) => String(attributes['gen_ai.provider.name'])),
  );
  const expected = new Set(
    CASES.filter(({ type }) => type !== 'embeddings').map(({ says }) => String(says['gen_ai.provider.name'])),
  );
  t.deepEqual([...providers].sort(), [...expected].sort());
});
