import type { Match, PatternDefinition } from '../../../src/contract/pattern.js';
import { APIS, createRandom, createTexts, makePatterns, pick, TEMPLATES } from '../million.js';

/** Packs the benchmarks are made of; `similar-0.8` has that threshold. */
export type CorpusKind = 'mixed' | 'exact' | 'regex' | `similar-${number}`;

/** Words that are drawn at random beforehand, as unequally frequent as those of a language. */
const DRAWN = 65_536;
const NAMES = 'Maria,Jonas,Aisha,Pedro,Ling,Olga,Samuel,Noor,Ines,Tomasz,Yuki,Carla'.split(',');
const SENTENCES = 5;
const WORDS_OF_SENTENCE = 9;

/** Makes texts much faster than {@link createTexts}, of its words. */
export interface Writer {
  word(): string;
  /** Any word of the vocabulary, which most texts do not have. */
  rareWord(): string;
  words(count: number): string;
  name(): string;
  number(): string;
}

/** A writer that writes the same in every run. */
export function createWriter(seed: number): Writer {
  const random = createRandom(seed);
  const drawn = createTexts(createRandom(1))(DRAWN).split(' ');
  const distinct = [...new Set(drawn)];
  const word = (): string => pick(drawn, random);
  return {
    word,
    rareWord: () => pick(distinct, random),
    words: (count) => Array.from({ length: count }, word).join(' '),
    name: () => pick(NAMES, random),
    number: () => String(10_000 + Math.floor(random() * 89_999)),
  };
}

/** The patterns of a pack, the same in every run. */
export function patternsOf(kind: CorpusKind, count: number): Iterable<PatternDefinition> {
  return kind === 'mixed' ? makePatterns(count) : ofOneKind(kind, count);
}

function* ofOneKind(kind: Exclude<CorpusKind, 'mixed'>, count: number): Generator<PatternDefinition> {
  const random = createRandom(3);
  const writer = createWriter(4);
  const make = matchMaker(kind, writer, random);
  for (let index = 0; index < count; index += 1) {
    yield {
      id: `fleet.${kind.replace('.', '')}.p${index}`,
      version: 1,
      match: { api: pick(APIS, random), ...make(index) },
      fix: [{ set: { temperature: 0.7 } }],
      confidence: 0.95,
      rollout: 1,
      priority: 0,
    };
  }
}

function matchMaker(
  kind: Exclude<CorpusKind, 'mixed'>,
  writer: Writer,
  random: () => number,
): (index: number) => Match {
  const opening = (): string => pick(TEMPLATES, random);
  if (kind === 'exact')
    return (index) => ({
      'facts.last_user_text': { exact: `${opening()} ${writer.words(30)} ${index}` },
    });
  if (kind === 'regex')
    return () => ({
      'facts.prompt_text': {
        matches: `\\b${writer.word()} ${writer.rareWord()} ${writer.word()}\\b.{0,40}[0-9]{2,}`,
      },
    });
  const threshold = Number(kind.slice('similar-'.length));
  return () => ({ 'facts.last_user_text': { similar: { to: letter(opening(), writer), threshold } } });
}

/** A prompt of several sentences, with a name and a number in it. */
export function letter(opening: string, writer: Writer): string {
  const sentences = Array.from({ length: SENTENCES }, () => `${writer.words(WORDS_OF_SENTENCE)}.`);
  return `${opening} Order ${writer.number()} of ${writer.name()}. ${sentences.join(' ')}`;
}
