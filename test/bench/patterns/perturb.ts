import { pick } from '../million.js';
import type { Writer } from './corpus.js';

/** Changes a prompt as people and programs do. */
type Perturb = (text: string, writer: Writer, random: () => number) => string;

const LETTERS_OF_TYPO = 60;
const ONE_IN = 10;

/** By what a row is called. */
export const PERTURBATIONS: Readonly<Record<string, Perturb>> = {
  'as it is': (text) => text,
  'a word in ten changed': (text, writer, random) => {
    const words = text.split(' ');
    const count = Math.max(1, Math.round(words.length / ONE_IN));
    for (let done = 0; done < count; done += 1) words[Math.floor(random() * words.length)] = writer.word();
    return words.join(' ');
  },
  'a typo every 60 letters': (text, _writer, random) => {
    const letters = text.split('');
    for (let start = 0; start < text.length; start += LETTERS_OF_TYPO)
      mistype(letters, Math.min(text.length - 2, start + Math.floor(random() * LETTERS_OF_TYPO)), random);
    return letters.join('');
  },
  'another name, another number': (text, writer) =>
    text.replace(/Order \d+ of \w+/u, () => `Order ${writer.number()} of ${writer.name()}`),
  'a sentence in front': (text, writer) => `Hello, ${writer.words(7)}. ${text}`,
  'sentences in another order': (text, _writer, random) =>
    sentencesOf(text)
      .map((sentence) => ({ sentence, place: random() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ sentence }) => sentence)
      .join(' '),
  'a sentence in other words': (text, writer, random) => {
    const sentences = sentencesOf(text);
    const chosen = pick([...sentences.keys()].slice(2), random);
    return sentences.with(chosen, reworded(sentences[chosen] ?? '', writer)).join(' ');
  },
};

function sentencesOf(text: string): string[] {
  return text.split(/(?<=\.) /u);
}

/** Half of the words stay, in another order. */
function reworded(sentence: string, writer: Writer): string {
  const words = sentence.slice(0, -1).split(' ');
  return `${words
    .map((word, index) => (index % 2 === 0 ? word : writer.word()))
    .toReversed()
    .join(' ')}.`;
}

/** A letter is dropped, doubled, or changes places with the next. */
function mistype(letters: string[], at: number, random: () => number): void {
  const [first = '', second = ''] = letters.slice(at, at + 2);
  const kind = Math.floor(random() * 3);
  if (kind === 0) letters[at] = '';
  else if (kind === 1) letters[at] = first + first;
  else letters.splice(at, 2, second, first);
}
