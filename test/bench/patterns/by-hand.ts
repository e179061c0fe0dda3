import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestView } from '../../../src/contract/request.js';
import { compilePattern } from '../../../src/patterns/compile.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { createMatcher } from '../../helpers/create-matcher.js';
import { describeRun, type Effort, type Part } from '../benchmark.js';
import { HIT_SEED, makeRequests, makeRules, type Rule } from './by-hand-rules.js';
import { medianOf, quantile, runPaired, type Contestant } from '../paired.js';
import type { Row } from '../report.js';

const SIZES = [10, 100, 1_000, 10_000] as const;
/** Decisions of a round at ten patterns; larger sets get fewer, so that each round takes about as long. */
const CALLS = 20_000;

/** Packs of the size of those that people write. */
export const byHand: Part = {
  name: 'by-hand',
  summary: '10 to 10,000 patterns of parameters, beside the same rules tried in turn in plain JavaScript',
  rounds: 20,
  async run(effort) {
    const rows: Row[] = [];
    for (const size of SIZES.filter((each) => each <= (effort.patterns ?? Infinity))) {
      const rules = makeRules(size);
      rows.push(await row(`${size} patterns, miss`, rules, makeRequests(), effort));
      rows.push(await row(`${size} patterns, hit`, rules, makeRequests(HIT_SEED), effort));
    }
    return {
      ...describeRun('by-hand', effort, 'match --only by-hand'),
      comparison:
        'time to look one 1 kB request up; beside it the same rules as hand-written functions in Array.find. The hit stands ' +
        'halfway: find stops there, Arc finds all patterns that fit, since several may act on one request.',
      columns: [
        { key: 'ratio', title: 'Arc ÷ plain', digits: 2 },
        { key: 'arc', title: 'Arc µs p50', digits: 2 },
        { key: 'plain', title: 'plain µs p50', digits: 2 },
        { key: 'perPattern', title: 'Arc ns a pattern', digits: 1 },
      ],
      rows,
    };
  },
};

async function row(
  name: string,
  rules: readonly Rule[],
  requests: readonly RequestView[],
  effort: Effort,
): Promise<Row> {
  const expected = name.endsWith('hit') ? 1 : 0;
  const matcher = createMatcher(rules.map(({ pattern }) => compilePattern(pattern)));
  const now = Date.now();
  const calls = Math.max(40, Math.ceil(((effort.calls ?? CALLS) * 10) / rules.length));
  const contestants = {
    arc: turns(requests, calls, expected, (view) => matcher.match(createFacts(view), now).length),
    plain: turns(requests, calls, expected, (view) => (rules.find((rule) => rule.applies(view)) ? 1 : 0)),
  };
  await runPaired(contestants, 2); // unmeasured, so that V8 has compiled both
  const rounds = await runPaired(contestants, effort.rounds);
  const arc = medianOf(rounds, (round) => round.arc['p50'] ?? Number.NaN);
  const plain = medianOf(rounds, (round) => round.plain['p50'] ?? Number.NaN);
  const ratio = medianOf(
    rounds,
    ({ arc, plain }) => (arc['p50'] ?? Number.NaN) / (plain['p50'] ?? Number.NaN),
  );
  return { name, figures: { arc, plain, ratio, perPattern: (arc * 1000) / rules.length } };
}

/** The clock is too coarse and too dear for one look-up among few patterns, so look-ups are timed in tens. */
const PER_READING = 10;

function turns(
  requests: readonly RequestView[],
  calls: number,
  expected: number,
  lookUp: (view: RequestView) => number,
): Contestant {
  return {
    async round() {
      const micros: number[] = [];
      let found = 0;
      for (let done = 0; done < calls; done += PER_READING) {
        const startedAt = performance.now();
        for (let index = done; index < done + PER_READING; index += 1) {
          const view = requests[index % requests.length];
          if (view) found += lookUp(view);
        }
        micros.push(((performance.now() - startedAt) * 1000) / PER_READING);
      }
      if (found !== expected * micros.length * PER_READING) throw new Error(`found ${found} matches`);
      await nextTurn();
      return { p50: quantile(micros, 0.5) };
    },
  };
}
