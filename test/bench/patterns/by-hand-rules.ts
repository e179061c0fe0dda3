import type { Match, PatternDefinition } from '../../../src/contract/pattern.js';
import type { RequestView } from '../../../src/contract/request.js';

/** One rule in two forms: as a pattern, and as the function a programmer would write instead. */
export interface Rule {
  readonly pattern: PatternDefinition;
  readonly applies: (view: RequestView) => boolean;
}

type Shape = (
  index: number,
) => readonly [match: Match, applies: (params: Readonly<Record<string, unknown>>) => boolean];

const above = (value: unknown, bound: number): boolean => typeof value === 'number' && value > bound;
const below = (value: unknown, bound: number): boolean => typeof value === 'number' && value < bound;

/** What parameter conjunctions of real packs look like: a model and one or two values. */
const SHAPES: readonly Shape[] = [
  (i) => [
    { model: `model-${i}`, temperature: { '>': 0.9 } },
    (p) => p['model'] === `model-${i}` && above(p['temperature'], 0.9),
  ],
  (i) => [
    { model: { in: [`large-${i}`, `small-${i}`] }, max_tokens: { '>': 4096 } },
    (p) => [`large-${i}`, `small-${i}`].includes(String(p['model'])) && above(p['max_tokens'], 4096),
  ],
  (i) => [
    { model: { starts_with: `vendor-${i}/` }, top_p: { '<': 0.1 } },
    (p) => String(p['model']).startsWith(`vendor-${i}/`) && below(p['top_p'], 0.1),
  ],
  (i) => [
    { max_tokens: { exists: true }, user: `tenant-${i}` },
    (p) => p['max_tokens'] !== undefined && p['user'] === `tenant-${i}`,
  ],
  (i) => [
    { temperature: { '>': 2 + i }, n: { '>': 1 } },
    (p) => above(p['temperature'], 2 + i) && above(p['n'], 1),
  ],
  (i) => {
    const expression = new RegExp(`^team-${i}-(?:a|b)$`);
    return [
      { model: { matches: expression.source }, stop: { exists: true } },
      (p) => p['stop'] !== undefined && expression.test(String(p['model'])),
    ];
  },
  (i) => [
    { messages: { length: { '>': 100 + i } }, tool_choice: 'required' },
    (p) => Array.isArray(p['messages']) && p['messages'].length > 100 + i && p['tool_choice'] === 'required',
  ],
];

const OPENAI = 'openai.chat.completions';

/**
 * Rules of mixed shapes; one in eight is for another API. The one in the middle, in the order they are tried, fits a
 * request with {@link HIT_SEED}.
 */
export function makeRules(count: number): Rule[] {
  const middle = Math.floor(count / 2);
  return Array.from({ length: count }, (_, index) => {
    if (index === middle) return toRule(index, OPENAI, [{ seed: HIT_SEED }, (p) => p['seed'] === HIT_SEED]);
    const api = index % 8 === 7 ? 'anthropic.messages' : OPENAI;
    const shape = SHAPES[index % SHAPES.length];
    if (!shape) throw new Error('no shapes');
    return toRule(index, api, shape(index));
  });
}

/** The value that makes a request fit one rule. */
export const HIT_SEED = 4711;

function toRule(index: number, api: string, [match, applies]: ReturnType<Shape>): Rule {
  return {
    pattern: {
      id: `bench.rule-${String(index).padStart(7, '0')}`, // the matcher orders by id
      version: 1,
      match: { api, ...match },
      fix: [{ set: { temperature: 0.7 } }],
      confidence: 1,
      rollout: 1,
      priority: 0,
    },
    applies: (view) => view.api === api && applies(view.params),
  };
}

/** Requests of a 1 kB prompt that differ in their fields and values, so that no run sees only one shape of object. */
export function makeRequests(seed?: number): RequestView[] {
  const content = 'Summarise the notes of the meeting and name who promised what. '.repeat(16);
  const base = { model: 'gpt-4', messages: [{ role: 'user', content }] };
  const seeded = seed === undefined ? {} : { seed };
  return [
    { ...base, temperature: 0.2, max_tokens: 256, stop: ['\n'], ...seeded },
    { ...seeded, max_tokens: 1024, ...base, user: 'tenant-x', stop: ['.'] },
    { temperature: 1, ...base, model: 'gpt-4o-mini', stop: 'END', top_p: 0.9, ...seeded },
    { ...base, ...seeded, n: 1, tool_choice: 'auto', tools: [], stop: null },
  ].map((params) => ({ provider: 'openai', operation: 'chat', api: OPENAI, model: params.model, params }));
}
