import fc from 'fast-check';
import type { Match, PatternDefinition } from '../../../src/contract/pattern.js';
import type { RequestView } from '../../../src/contract/request.js';
import { anyMatch, anyRequests } from '../generate-match.js';

/** Few words in many forms: composed and not, wide, half characters, spaces of all kinds. Texts share them. */
const WORDS = [
  ...['a', 'json', 'ignore ', 'previous ', 'instructions', 'JSON', ' ', '\n', '\u00a0', '\u3000', '--------'],
  ...['é', 'e\u0301', '\u0301', 'Å', '\u212b', 'ﬁ', 'Ｋ', '\u212a', 'ß', 'İ', '각', '\u1100\u1161\u11a8'],
  ...['😀', '👩\u200d💻', '\ud83d', '\ude00', '中文', '\u0000', '\ufeff'],
];
const wording = (most: number) =>
  fc.array(fc.constantFrom(...WORDS), { maxLength: most }).map((words) => words.join(''));
/** Short ones, so that they stand in texts; and long ones. */
const part = fc.oneof({ weight: 4, arbitrary: wording(2) }, wording(5), wording(40));

const EXPRESSIONS = [
  '^ignore',
  'json',
  '(?i)json',
  'previous (?:instructions|a)',
  '^(?:a|é)',
  '[0-9]$',
  'é+',
  '.',
];
const SHARED = {
  api: ['openai.chat.completions', 'anthropic.messages'],
  provider: ['openai', 'anthropic'],
  model: ['gpt-4', 'gpt-5', 'claude'],
  agent: ['triage', 'billing'],
} as const;

const texts = [
  'facts.prompt_text',
  'facts.system_text',
  'facts.last_user_text',
  'user',
  'metadata.text',
  'model',
];
const textCondition = fc.oneof(
  fc.record({ contains: part }),
  fc.record({ starts_with: part }),
  fc.record({ exact: part }),
  fc.record({ '=': part }),
  fc.record({ in: fc.array(part, { minLength: 1, maxLength: 3 }) }),
  fc.record({ matches: fc.constantFrom(...EXPRESSIONS) }),
  fc.record({ similar: part }),
  fc.record({ similar: fc.record({ to: part, threshold: fc.constantFrom(0.3, 0.6, 1) }) }),
  fc.record({ contains: part, length: fc.record({ '>': fc.nat(20) }) }),
);
const textTest = fc
  .tuple(fc.constantFrom(...texts), textCondition)
  .map(([field, test]) => ({ [field]: test }));

const otherTest = fc.oneof(
  fc.constantFrom(...SHARED.api).map((api) => ({ api })),
  fc.constantFrom(...SHARED.provider).map((provider) => ({ provider })),
  fc.constantFrom(...SHARED.model).map((model) => ({ model })),
  fc
    .uniqueArray(fc.constantFrom(...SHARED.model), { minLength: 1 })
    .map((models) => ({ model: { in: models } })),
  fc.constantFrom(...SHARED.agent).map((agent) => ({ 'context.agent': agent })),
  fc.constantFrom('x', 'y').map((tag) => ({ 'context.tags': { contains: tag } })),
  fc.constantFrom('user', 'assistant').map((role) => ({ 'facts.last_role': role })),
  fc.constantFrom('user', 'system').map((role) => ({ 'facts.roles': { contains: role } })),
  fc.nat(3).map((count) => ({ 'facts.message_count': count })),
  fc.nat(3).map((count) => ({ 'facts.message_count': { '>': count } })),
  fc.boolean().map((is) => ({ 'facts.mentions_json': is })),
  fc.constant({ max_tokens: { '<': { field: 'n' } } }),
  fc.integer({ min: -1, max: 3 }).map((seed) => ({ seed })),
);

const bound = fc.constantFrom(-1, 0, -0, 0.5, 1, 2, 3, 1e300);
const bounds = fc.oneof(
  fc.record({ '>': bound }),
  fc.record({ '<=': bound }),
  fc.record({ '>=': bound, '<': bound }),
  fc.record({ '>': bound, '<=': bound, '<': bound }),
  fc.record({ '>=': fc.constant({ field: 'n' }), '<': bound }),
);
const lengths = fc.oneof(
  fc.nat(3),
  fc.record({ '>=': fc.nat(4) }),
  fc.record({ '>': fc.nat(2), '<': fc.nat(9) }),
);
const rangeTest = fc.oneof(
  fc
    .tuple(fc.constantFrom('max_tokens', 'temperature', 'facts.message_count', 'facts.characters'), bounds)
    .map(([field, test]) => ({ [field]: test })),
  fc
    .tuple(fc.constantFrom('user', 'messages', 'facts.roles', 'model'), lengths)
    .map(([field, length]) => ({ [field]: { length } })),
);

/** Any match: each of the parts above alone, beside others, and below all, any and not. */
export const matches: fc.Arbitrary<Match> = fc.letrec<{ match: Record<string, unknown> }>((tie) => ({
  match: fc.oneof(
    { maxDepth: 3 },
    textTest,
    otherTest,
    rangeTest,
    fc.tuple(rangeTest, otherTest).map(([a, b]) => ({ ...a, ...b })),
    anyMatch as fc.Arbitrary<Record<string, unknown>>,
    fc.tuple(textTest, otherTest).map(([a, b]) => ({ ...a, ...b })),
    fc.array(tie('match'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('match'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    fc.tuple(tie('match'), tie('match')).map(([match, not]) => ({ all: [match], not })),
  ),
})).match as fc.Arbitrary<Match>;

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
const scopes = fc.record(
  {
    provider: some(SHARED.provider),
    api: some(SHARED.api),
    agent: some(SHARED.agent),
    service: some(['cart', 'search']),
    environment: some(['production', 'staging']),
  },
  { requiredKeys: [] },
);

/** Rarely anything: most patterns run everywhere and for ever. */
const limits = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.record(
    {
      scope: scopes,
      expires: fc.constantFrom('2020-01-01T00:00:00Z', '2026-06-01T00:00:00.500Z', '2030-01-01T00:00:00Z'),
      ttl: fc.constantFrom('1s', '30d'),
      mode: fc.constantFrom('off' as const, 'shadow' as const),
      priority: fc.nat(2),
    },
    { requiredKeys: [] },
  ),
);

/** Patterns of any kind, named by their places. */
export const patterns = (least: number, most: number): fc.Arbitrary<readonly PatternDefinition[]> =>
  fc.array(fc.tuple(matches, limits), { minLength: least, maxLength: most }).map((drafts) =>
    drafts.map(([match, limit], index) => ({
      id: `p${index}`,
      version: 1,
      match,
      fix: [{ set: { temperature: 0.7 } }],
      confidence: 1,
      rollout: 1,
      priority: 0,
      ...limit,
    })),
  );

const message = fc.record({
  role: fc.constantFrom('system', 'user', 'assistant'),
  content: fc.oneof(
    wording(12),
    wording(60),
    fc.array(
      wording(8).map((text) => ({ type: 'text', text })),
      { maxLength: 3 },
    ),
  ),
});

const params = fc.record(
  {
    model: fc.constantFrom(...SHARED.model),
    messages: fc.array(message, { maxLength: 4 }),
    user: wording(12),
    metadata: wording(6).map((text) => ({ text })),
    seed: fc.constantFrom(-1, 0, -0, 1, 2, 3),
    max_tokens: fc.oneof(fc.nat(3), fc.constantFrom('1', NaN, Infinity, 1n)),
    temperature: fc.constantFrom(-1, -0, 0, 0.5, 1, 1.5, 2, 3, -Infinity, null, [1]),
  },
  { requiredKeys: ['model'] },
);

/** Requests that have much of what the matches ask; those of parameters alone are `anyRequests`'. */
export const requests = (most: number): fc.Arbitrary<readonly RequestView[]> =>
  fc
    .tuple(
      anyRequests,
      fc.array(
        fc.tuple(
          params,
          fc.constantFrom(...SHARED.api),
          fc.constantFrom(...SHARED.provider),
          fc.option(fc.constantFrom(...SHARED.agent), { nil: undefined }),
        ),
        { minLength: most - 4, maxLength: most - 4 },
      ),
    )
    .map(([plain, drafts]) => [
      ...plain.slice(0, 4).map((each) => viewOf(each, SHARED.api[0], SHARED.provider[0])),
      ...drafts.map(([each, api, provider, agent]) => ({
        ...viewOf(each, api, provider),
        context: { ...(agent === undefined ? {} : { agent }), tags: ['x'] },
      })),
    ]);

function viewOf(given: Readonly<Record<string, unknown>>, api: string, provider: string): RequestView {
  const model = given['model'];
  return {
    provider,
    operation: 'chat',
    api,
    model: typeof model === 'string' ? model : undefined,
    params: given,
  };
}
