import { context, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import test from 'ava';
import { handOff, withArcContext, type ArcContext } from '../../src/index.js';
import { createContextRig, type ContextRig } from './context-rig.js';

let on: ContextRig;
test.before(async () => {
  on = await createContextRig();
});
test.after.always(() => on.rig.close());

/** Runs a function inside a span of the application's own. @returns that span, ended. */
function inSpan(fn: () => void) {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const span = provider.getTracer('app').startSpan('work');
  context.with(trace.setSpan(context.active(), span), fn);
  span.end();
  return exporter.getFinishedSpans()[0];
}

test.serial('handOff: is an event of the active span, and gives the values of the next agent', async (t) => {
  let next: ArcContext = {};
  const span = inSpan(() => {
    withArcContext({ agent: 'support', conversation: 'c-1' }, () => {
      next = handOff({ from: 'triage', to: 'billing', reason: 'an invoice; key sk-abcdefgh12345678' });
      handOff({ to: 'archive' });
    });
  });
  t.deepEqual(next, { conversation: 'c-1', agent: 'billing' });
  t.deepEqual(
    span?.events.map(({ name, attributes }) => ({ name, attributes })),
    [
      {
        name: 'arc.agent.handoff',
        attributes: {
          'arc.handoff.from': 'triage',
          'arc.handoff.to': 'billing',
          'arc.handoff.reason': 'an invoice; key [redacted]',
        },
      },
      {
        name: 'arc.agent.handoff',
        attributes: { 'arc.handoff.from': 'support', 'arc.handoff.to': 'archive' },
      },
    ],
  );
  await withArcContext(next, () => on.ask());
  t.like(on.said()[0], { 'gen_ai.agent.name': 'billing', 'gen_ai.conversation.id': 'c-1' });
});

test.serial('handOff: without an active span there are only the values', (t) => {
  t.deepEqual(handOff({ from: 'triage', to: 'billing' }), { agent: 'billing' });
});
