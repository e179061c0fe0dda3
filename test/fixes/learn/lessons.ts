import test from 'ava';
import type { Params } from '../../../src/contract/request.js';
import { learnFromRefusal, repairRequest, type LearnSettings } from '../../../src/testing.js';
import { deepFreeze } from '../freeze.js';

/** A request, what its provider said, and what is learned. */
export interface Case {
  readonly provider?: string;
  readonly api?: string;
  /** Beside a model and one message. */
  readonly params: Params;
  readonly message: string;
  readonly status?: number;
  /** What the repaired request has beside model and message; undefined: nothing is learned. */
  readonly repaired: Params | undefined;
  readonly settings?: LearnSettings;
}

/** What every request says. */
export const messages = [{ role: 'user', content: 'Name a bird that cannot fly.' }];

/** The lesson repairs the request; its pattern does the same by itself, and nothing more the second time. */
export const learns = test.macro((t, given: Case) => {
  const { provider = 'openai', api = 'openai.chat.completions', status = 400, params, settings } = given;
  const request = { provider, api, body: deepFreeze<Params>({ model: 'house-1', messages, ...params }) };
  const lesson = learnFromRefusal({ ...request, error: { status, message: given.message } }, settings);
  if (given.repaired === undefined || lesson === undefined) {
    t.is(lesson, undefined);
    t.is(given.repaired, undefined);
    return;
  }
  t.deepEqual(lesson.body, { model: 'house-1', messages, ...given.repaired });
  const packs = [{ name: 'learned', version: '1', patterns: [lesson.pattern] }];
  const alone = { packs, builtinPack: false, ...settings };
  t.deepEqual(repairRequest(request, alone).body, lesson.body, 'the pattern alone does the same');
  t.deepEqual(repairRequest({ ...request, body: lesson.body }, alone).decisions, [], 'and only once');
});

/** Runs cases, each under its number and message. */
export function testLessons(cases: readonly Case[]): void {
  for (const [index, given] of cases.entries())
    test(`learn: ${index + 1} ${given.provider ?? 'openai'} ${given.message.slice(0, 90)}`, learns, given);
}
