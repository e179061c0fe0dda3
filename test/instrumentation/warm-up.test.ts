import { setImmediate as turn } from 'node:timers/promises';
import test from 'ava';
import OpenAI from 'openai';
import { ArcInstrumentation } from '../../src/index.js';
import type { Matcher } from '../../src/patterns/match.js';

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

/** An instrumentation that tells the APIs its patterns were asked for. */
function observed(t: { teardown: (end: () => void) => void }, config = {}, fail = false) {
  const arc = new ArcInstrumentation(config);
  t.teardown(() => arc.disable());
  const asked: string[] = [];
  const matcher = arc.packs.matcher();
  const noting: Matcher = {
    size: matcher.size,
    match(facts, now) {
      asked.push(`${facts.view.api} ${facts.view.provider}`);
      if (fail) throw new Error('not now');
      return matcher.match(facts, now);
    },
  };
  arc.packs.matcher = () => noting;
  return { arc, asked };
}

const client = () => new OpenAI({ apiKey: 'none', baseURL: 'http://127.0.0.1:9/v1' });

test('warm-up: once a client is there, the patterns of its APIs are looked through, later and once each', async (t) => {
  const { arc, asked } = observed(t);
  arc.wrap(client());
  t.deepEqual(asked, [], 'not while the program is busy');
  await until(() => asked.length >= 4);
  t.true(asked.includes('openai.chat.completions openai'), asked.join());
  t.true(asked.includes('openai.responses openai'), asked.join());
  t.is(new Set(asked).size, asked.length);
});

test('warm-up: with the mode off nothing is looked through', async (t) => {
  const { arc, asked } = observed(t, { mode: 'off' });
  arc.wrap(client());
  await turn();
  await turn();
  t.deepEqual(asked, []);
});

test('warm-up: what fails there disturbs nobody', async (t) => {
  const { arc, asked } = observed(t, {}, true);
  arc.wrap(client());
  await until(() => asked.length >= 4);
  t.pass();
});
