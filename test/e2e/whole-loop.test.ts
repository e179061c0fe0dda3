import test from 'ava';
import type { CallRow } from '../../collector/store/store.js';
import { startCore } from '../../collector/main.js';
import { testOptions } from '../collector/fixtures.js';
import { runProgram } from '../helpers/spawn-program.js';
import { createWorld, getJson, program, readCall, REGISTER, waitForCalls } from './world.js';

interface Summary {
  readonly calls: number;
  readonly errors: number;
  readonly decisions: Readonly<Record<string, number>>;
  readonly totals: Readonly<Record<'spans' | 'metric_points', { readonly stored: number }>>;
}

const DOOMED = program('doomed.cjs');

test.serial('whole loop: without Arc both requests are refused, and nothing reaches Core', async (t) => {
  const { page, models, env } = await createWorld(t);
  const { stdout, code } = await runProgram(t, { args: [DOOMED], env });
  t.is(stdout, 'openai refused with 400\nanthropic refused with 400\n');
  t.is(code, 1);
  t.deepEqual(
    models.requests.map(({ status }) => status),
    [400, 400],
  );
  t.is((await getJson<Summary>(`${page}/api/summary`)).calls, 0);
});

test.serial(
  'whole loop: under Arc they are repaired in their spans, sent, traced, stored and shown',
  async (t) => {
    const { page, models, env } = await createWorld(t);
    const { stdout, stderr, code } = await runProgram(t, { args: [...REGISTER, DOOMED], env });
    t.is(stderr, '');
    t.is(stdout, 'openai answered gpt-5-mini\nanthropic answered claude-sonnet-4-6\n');
    t.is(code, 0);

    const [toOpenai, toAnthropic] = models.requests;
    t.is(models.requests.length, 2);
    const messages = [{ role: 'user', content: 'Name one river in France.' }];
    t.deepEqual(toOpenai?.body, { model: 'gpt-5-mini', messages, max_completion_tokens: 2000 });
    t.deepEqual(toAnthropic?.body, {
      model: 'claude-sonnet-4-6',
      messages,
      max_tokens: 2000,
      temperature: 1,
    });

    const calls = [...(await waitForCalls(page, 2))].reverse();
    t.deepEqual(
      calls.map(({ service, api, modelSent, decision, status, patternId }) => [
        service,
        api,
        modelSent,
        decision,
        status,
        patternId,
      ]),
      [
        ['shop', 'openai.chat.completions', 'gpt-5-mini', 'fix', 'ok', 'openai.reasoning.max-tokens'],
        ['shop', 'anthropic.messages', 'claude-sonnet-4-6', 'fix', 'ok', 'anthropic.temperature.range'],
      ],
    );
    const details = await Promise.all(calls.map((call) => readCall(page, call)));
    t.deepEqual(details[0]?.changes, [
      { path: 'max_tokens', before: 2000 },
      { path: 'max_completion_tokens', after: 2000 },
    ]);
    t.deepEqual(details[1]?.changes, [{ path: 'temperature', before: 1.2, after: 1 }]);
    // The span tells what was sent: the GenAI conventions keep one attribute for both names of the limit.
    t.is(details[0]?.span.attributes['gen_ai.request.max_tokens'], 2000);
    t.is(details[1]?.span.attributes['gen_ai.request.temperature'], 1);
    t.true((details[0]?.call.inputTokens ?? 0) > 0);
    t.false(JSON.stringify(details).includes('river'), 'content stays in the process unless asked for');

    const summary = await getJson<Summary>(`${page}/api/summary`);
    t.like(summary, { calls: 2, errors: 0, decisions: { fix: 2 } });
    t.true(summary.totals.metric_points.stored > 0);
  },
);

test.serial('whole loop: the page shows a repair as written beside as sent', async (t) => {
  const { page, env } = await createWorld(t);
  await runProgram(t, { args: [...REGISTER, DOOMED], env });
  const call = (await waitForCalls(page, 2)).find(({ provider }) => provider === 'anthropic');
  t.truthy(call);
  const list = await (await fetch(`${page}/?decision=fix`)).text();
  t.true(list.includes(`/calls/${call?.traceId}/${call?.spanId}`));
  const html = await (await fetch(`${page}/calls/${call?.traceId}/${call?.spanId}`)).text();
  const cells = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  t.regex(cells, /Field As written As sent/);
  t.regex(cells, /temperature − before: 1\.2 \+ after: 1 /);
  t.regex(cells, /anthropic\.temperature\.range/);
});

test.serial('whole loop: what was stored is still there after Core has restarted', async (t) => {
  const { core, page, database, env } = await createWorld(t);
  await runProgram(t, { args: [...REGISTER, DOOMED], env });
  const before = await waitForCalls(page, 2);
  await core.close();
  const again = await startCore(testOptions({ database }));
  t.teardown(() => again.close());
  const after = await getJson<{ calls: readonly CallRow[] }>(`http://127.0.0.1:${again.ports.web}/api/calls`);
  t.deepEqual(after.calls, before);
});
