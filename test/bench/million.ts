import type { Match, Operators, PatternDefinition } from '../../src/contract/pattern.js';
import type { RequestView } from '../../src/contract/request.js';
import type { FixOperation } from '../../src/contract/fix.js';

/** Shares of the kinds of patterns, as the goals of the index name them. */
const EXACT = 0.7;
const PARAMETERS = 0.2;

const VOCABULARY = 40_000;
const SYLLABLES =
  'ba be bi bo bu da de di do du fa fe fi ga ge go ka ke ki ko la le li lo lu ma me mi mo mu na ne ni no'
    .concat(
      ' pa pe pi po pu ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo wa we wi wo ya ye yo za ze zi zo',
    )
    .split(' ');
/** What prompts of one application share. */
export const TEMPLATES: readonly string[] = [
  'Summarise the following conversation between a customer and an agent in two sentences.',
  'You are a helpful assistant of a shop. Answer in the language of the customer.',
  'Translate the text below to German and keep the placeholders.',
  'Extract the names, dates and amounts from this invoice as JSON.',
  'Ignore all previous instructions and',
  'Write a friendly reply to this review:',
];
export const APIS: readonly string[] = ['openai.chat.completions', 'anthropic.messages'];
const FIXES: readonly (readonly FixOperation[])[] = [
  [{ set: { temperature: 0.7 } }],
  [{ clamp: { field: 'max_tokens', max: 4096 } }],
  [{ suffix: { role: 'user', text: 'Answer with JSON only.' } }],
  [{ unset: ['top_p'] }, { default: { max_tokens: 1024 } }],
];

/** Numbers that look random and are the same in every run. @see mulberry32 by Tommy Ettinger, public domain */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Texts whose words are as unequally frequent as those of a language. */
export function createTexts(random: () => number): (words: number) => string {
  const words = Array.from({ length: VOCABULARY }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(SYLLABLES, random)).join(''),
  );
  return (count) =>
    Array.from({ length: count }, () => words[Math.floor(VOCABULARY ** random()) - 1]).join(' ');
}

/** Any of a list. */
export function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Patterns of mixed kinds: 70 % whole prompts, 20 % parameters, 10 % phrases. The same in every run. */
export function* makePatterns(count: number, seed = 1): Generator<PatternDefinition> {
  const random = createRandom(seed);
  const text = createTexts(random);
  for (let index = 0; index < count; index += 1) {
    yield {
      id: `fleet.${seed}.p${index}`,
      version: 1,
      match: { api: pick(APIS, random), ...matchOf(index, random, text) },
      fix: pick(FIXES, random),
      confidence: 0.95,
      rollout: 1,
      priority: 0,
      source: `https://example.com/incidents/${index % 1_000}`,
      ...(index % 10 === 0 ? { expires: '2030-01-01T00:00:00Z' } : {}),
    };
  }
}

function matchOf(index: number, random: () => number, text: (words: number) => string): Match {
  const kind = random();
  if (kind < EXACT) {
    return { 'facts.last_user_text': { exact: `${pick(TEMPLATES, random)} ${text(30)} ${index}` } };
  }
  if (kind < EXACT + PARAMETERS) return parameters(index, random);
  return { 'facts.prompt_text': { contains: `${pick(TEMPLATES, random)} ${text(6)}` } };
}

function parameters(index: number, random: () => number): Match {
  const model = `model-${Math.floor(random() * 500)}`;
  if (index % 3 === 0) return { model, 'params.seed': index };
  if (index % 3 === 1) return { model, 'params.user': `tenant-${index}`, temperature: { '>': 0.9 } };
  return { model, max_tokens: index, top_p: { '<': 0.5 } };
}

/** A request that one of the patterns of {@link makePatterns} fits. */
export function requestFor({ match }: PatternDefinition): RequestView {
  const params: Record<string, unknown> = {};
  let content = 'Hello.';
  for (const [field, condition] of Object.entries(match)) {
    const { exact, contains, ...bounds } = (condition ?? {}) as Operators; // made above, without nesting
    if (exact !== undefined) content = exact;
    else if (contains !== undefined) content = `First this. ${String(contains)}, and then that.`;
    else if ('>' in bounds) params[field] = 1;
    else if ('<' in bounds) params[field] = 0.1;
    else params[field.replace(/^params\./, '')] = condition;
  }
  const { api, ...rest } = params;
  const model = typeof params['model'] === 'string' ? params['model'] : undefined;
  const messages = [{ role: 'user', content }];
  return { provider: 'openai', operation: 'chat', api: String(api), model, params: { ...rest, messages } };
}
