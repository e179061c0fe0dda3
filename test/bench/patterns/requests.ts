import type { Operators, PatternDefinition } from '../../../src/contract/pattern.js';
import type { RequestView } from '../../../src/contract/request.js';
import { APIS, createRandom, pick, requestFor, TEMPLATES } from '../million.js';
import { createWriter, type Writer } from './corpus.js';

/** Kinds of requests by how they stand to the mixed patterns, with what a row says of them. */
export const REQUEST_KINDS = {
  miss: 'miss',
  opening: 'miss, opening of many patterns',
  near: 'miss, one word unlike a pattern',
  exact: 'hit, whole prompt',
  parameters: 'hit, parameters',
  phrase: 'hit, phrase',
  any: 'hit, any pattern',
} as const;

/** One of them. */
export type RequestKind = keyof typeof REQUEST_KINDS;

/** Patterns that are hit again and again, of each kind: a process meets few of a million. */
const AGAIN = 64;
/** Letters of the text that prompts are cut from. */
const LETTERS = 1_000_000;
/** Letters of a word and the space behind it, on average. */
const LETTERS_OF_WORD = 5;

/** Gives a pattern by its number. */
export type Definitions = (number: number) => PatternDefinition;

/** Makes requests; strings are new each time, as those of an application are. */
export interface RequestMaker {
  /** @param bytes - of all texts together. */
  make(kind: RequestKind, count: number, bytes: number): RequestView[];
}

/** @param size - number of patterns that can be hit. */
export function createRequests(size: number, definition: Definitions): RequestMaker {
  const random = createRandom(7);
  const writer = createWriter(8);
  const long = writer.words(LETTERS / LETTERS_OF_WORD);
  const cut = (length: number): string => {
    const start = Math.floor(random() * (long.length - length - 1));
    return long.slice(start, start + length);
  };
  const any = (): PatternDefinition => definition(Math.floor(random() * size));
  const again = chooseOften(any);
  const base = (kind: RequestKind, bytes: number): RequestView => {
    if (kind === 'miss') return missing(random, cut(bytes / 4));
    if (kind === 'opening') return missing(random, `${pick(TEMPLATES, random)} ${cut(bytes / 4)}`);
    if (kind === 'any') return requestFor(any());
    const pattern = pick(again[kind === 'near' ? 'exact' : kind], random);
    return kind === 'near' ? almost(requestFor(pattern), writer) : requestFor(pattern);
  };
  return {
    make: (kind, count, bytes) =>
      Array.from({ length: count }, () => fresh(padded(base(kind, bytes), bytes, cut))),
  };
}

type HitKind = 'exact' | 'parameters' | 'phrase';

/** A few patterns of each kind, wherever they stand; of a kind that is not there, any. */
function chooseOften(any: () => PatternDefinition): Readonly<Record<HitKind, readonly PatternDefinition[]>> {
  const chosen: Record<HitKind, PatternDefinition[]> = { exact: [], parameters: [], phrase: [] };
  for (let tried = 0; tried < AGAIN * 20; tried += 1) {
    const pattern = any();
    const list = chosen[kindOf(pattern)];
    if (list.length < AGAIN) list.push(pattern);
  }
  return chosen;
}

function kindOf({ match }: PatternDefinition): HitKind {
  const { exact } = (match['facts.last_user_text'] ?? {}) as Operators; // the patterns of million.ts have no other form
  if (exact !== undefined) return 'exact';
  return match['facts.prompt_text'] === undefined ? 'parameters' : 'phrase';
}

/** Has every parameter that patterns ask for, with values no pattern has. */
function missing(random: () => number, content: string): RequestView {
  const model = `model-${Math.floor(random() * 500)}`;
  const params = { model, temperature: 0.2, max_tokens: 4096, top_p: 0.9, user: 'tenant-none', seed: -1 };
  const api = pick(APIS, random);
  const messages = [{ role: 'user', content }];
  return { provider: 'openai', operation: 'chat', api, model, params: { ...params, messages } };
}

/** Another word in the middle of the prompt: the ends stay. */
function almost(view: RequestView, writer: Writer): RequestView {
  const text = textOf(view);
  const words = text.split(' ');
  const content = words.with(Math.floor(words.length * 0.6), `${writer.word()}x`).join(' ');
  return { ...view, params: { ...view.params, messages: [{ role: 'user', content }] } };
}

/** The text of a request that has one message. */
export function textOf({ params }: RequestView): string {
  const [message] = params['messages'] as readonly { readonly content: string }[];
  return message?.content ?? '';
}

/** Instructions and earlier turns in front of the message, until the texts have so many bytes. */
export function padded(view: RequestView, bytes: number, cut: (length: number) => string): RequestView {
  const content = textOf(view);
  const turns = Math.round(2 + 4 * Math.log10(Math.max(1, bytes / 1000)));
  const share = Math.floor(Math.max(0, bytes - content.length) / (turns + 1));
  const earlier = Array.from({ length: turns }, (_, turn) => ({
    role: turn % 2 === 0 ? 'user' : 'assistant',
    content: cut(share),
  }));
  const messages = [{ role: 'system', content: cut(share) }, ...earlier, { role: 'user', content }];
  return { ...view, params: { ...view.params, messages } };
}

/** The same with strings of its own that nothing has been computed of. */
function fresh(view: RequestView): RequestView {
  return JSON.parse(JSON.stringify(view)) as RequestView; // plain JSON by construction
}
