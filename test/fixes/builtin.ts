import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Decision } from '../../src/contract/decision.js';
import type { RequestView } from '../../src/contract/request.js';
import { decide } from '../../src/fixes/decide.js';
import { type PackHolder, createPackHolder } from '../../src/patterns/pack-holder.js';
import { readPackText } from '../../src/patterns/parse-pack.js';
import { testsOf } from '../../src/patterns/pattern-tests.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { anthropicRequest, openaiRequest } from '../patterns/requests.js';
import { deepFreeze } from './freeze.js';
import { createDice, type Dice } from './generate-request.js';

const NOW = Date.parse('2026-11-21T00:00:00Z');

/** Ids of the patterns the tests of this file have seen at work. */
export const covered: Set<string> = new Set();

/** Ids of the patterns that have tests in their pack, which `builtin-packs.test.ts` runs. */
export const tested: Set<string> = new Set();

/** The packs that ship with Arc, as a process holds them. */
export const holder: PackHolder = createPackHolder();
const folder = join(REPO_ROOT, 'packs');
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  const text = readPackText(readFileSync(join(folder, file), 'utf8'), file);
  for (const { pattern } of testsOf(text)) tested.add(pattern.id);
  holder.put(text.pack, 'builtin');
}

/** What Arc does with a request when only the built-in packs are loaded. */
export function run(view: RequestView): Decision {
  return decide(view, holder.matcher(), { mode: 'apply', minConfidence: 0.8 }, NOW);
}

/** One short user message. */
export const messages: readonly object[] = [{ role: 'user', content: 'Name three rivers.' }];

/** An OpenAI request with {@link messages}. */
export function gpt(model: string, rest: object, provider?: string): RequestView {
  return openaiRequest({ model, messages, ...rest }, provider);
}

/** An Anthropic request with {@link messages} and a limit. */
export function claude(model: string, rest: object, provider?: string): RequestView {
  return anthropicRequest({ model, max_tokens: 900, messages, ...rest }, provider);
}

/** Checks that a pattern repairs a request into the expected parameters, once and for all. */
export const repairs = test.macro({
  exec(t, view: RequestView, id: string, expected: object) {
    const decision = run(deepFreeze(view));
    t.is(decision.kind, 'fix', String(decision.error));
    t.true(
      decision.patterns.some((pattern) => pattern.id === id),
      decision.patterns.map((pattern) => pattern.id).join(),
    );
    for (const [key, value] of Object.entries(expected)) t.deepEqual(decision.params[key], value, key);
    t.is(run({ ...view, params: decision.params }).params, decision.params);
    covered.add(id);
  },
  title: (given, _view, id) => `${id}: ${given ?? 'repairs'}`,
});

/** Checks that a request leaves by reference. */
export const passes = test.macro({
  exec(t, view: RequestView) {
    const decision = run(deepFreeze(view));
    t.is(decision.kind, 'pass', decision.patterns.map(({ id }) => id).join() || String(decision.error));
    t.is(decision.params, view.params);
  },
  title: (given) => `built-in packs: leave alone ${given ?? ''}`,
});

/** Checks that what the packs repair once needs no second repair, over generated requests. */
export const settles = test.macro({
  exec(t, generate: (dice: Dice) => RequestView, runs: number) {
    for (let seed = 0; seed < runs; seed += 1) {
      const view = deepFreeze(generate(createDice(seed)));
      const first = run(view);
      if (first.reason === 'error') return t.fail(`seed ${seed}: ${String(first.error)}`);
      const second = run({ ...view, params: first.params });
      if (second.params !== first.params)
        return t.fail(
          `seed ${seed}: ${JSON.stringify(second.changes)} after ${JSON.stringify(first.params)}`,
        );
    }
    t.pass();
  },
  title: (given) => given ?? '',
});
