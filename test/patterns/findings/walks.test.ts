import test from 'ava';
import { createFacts, factOf, factsAfter } from '../../../src/patterns/facts.js';
import { FINDINGS, type FindingName } from '../../../src/patterns/findings/finding-names.js';
import { findingsBy, hasFinding, walksFor } from '../../../src/patterns/findings/findings.js';
import { createDice, generateRequest } from '../../fixes/generate-request.js';

const NAMES = Object.keys(FINDINGS) as FindingName[]; // the keys of the table
const APIS = ['openai.chat.completions', 'mistral.chat', 'ollama.chat', 'openai.embeddings'];

/** Requests of every API whose findings come from several walks, whatever they were made for. */
function* requests(count: number, seed: number) {
  const dice = createDice(seed);
  for (let index = 0; index < count; index += 1) yield { ...generateRequest(dice), api: dice.pick(APIS) };
}

test('findings: a walk finds nothing but what it says, so those for other findings need not be done', (t) => {
  const seen = new Set<FindingName>();
  for (const view of requests(4_000, 20_261_121)) {
    const all = factOf(createFacts(view), 'findings') as readonly FindingName[];
    for (const name of NAMES) {
      const facts = createFacts(view);
      t.is(hasFinding(name, view, facts), all.includes(name), `${name} in ${view.api}`);
      if (all.includes(name)) seen.add(name);
    }
  }
  t.true(seen.size > 40, `${seen.size} findings were seen`);
});

test('findings: those of another API have no walk', (t) => {
  t.deepEqual(walksFor('unsigned_thinking', 'openai.chat.completions'), []);
  t.deepEqual(walksFor('orphan_tool_result', 'openai.chat.completions'), [0]);
  t.deepEqual(walksFor('unsigned_thinking', 'anthropic.messages'), [0]);
});

test('findings: after a change of parameters, what was not read again is what reading it again would give', (t) => {
  const dice = createDice(7);
  let kept = 0;
  for (const view of requests(4_000, 8)) {
    const before = createFacts(view);
    factOf(before, 'findings');
    const other = generateRequest(dice);
    const changed = Object.entries(other.params).filter(() => dice.roll(3) === 0);
    const params = { ...view.params, ...Object.fromEntries(changed) };
    const model = typeof params['model'] === 'string' ? params['model'] : view.model;
    const after = { ...view, params, model };
    const facts = factsAfter(before, after);
    kept += facts.found?.filter((names) => names !== undefined).length ?? 0;
    t.deepEqual(factOf(facts, 'findings'), factOf(createFacts(after), 'findings'));
  }
  t.true(kept > 4_000, `${kept} walks were spared`);
});

test('findings: a walk is done once', (t) => {
  let reads = 0;
  const params = {
    get messages() {
      reads += 1;
      return [{ role: 'user', content: 'hello' }];
    },
  };
  const view = { api: 'openai.chat.completions', provider: 'openai', operation: 'chat', model: 'm', params };
  const facts = createFacts(view);
  const [walk = -1] = walksFor('other_role', view.api);
  t.is(findingsBy(walk, view, facts), findingsBy(walk, view, facts));
  t.is(reads, 1);
});
