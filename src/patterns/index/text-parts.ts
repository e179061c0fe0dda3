// HOT: runs on every LLM call that a pack has texts for. Benchmark: npm run bench -- match
import { JOINT } from '../joined-texts.js';

/** A text as the parts it is joined from, in a list that is used again: `texts` beyond `count` are left over. */
export interface TextParts {
  readonly texts: string[];
  readonly count: number;
  readonly add: (text: string) => void;
  /** Forgets the texts. */
  clear(): void;
}

/** A list of more parts is not kept for the next request. */
const KEPT_PARTS = 4_096;

/** An empty text. */
export function createTextParts(): TextParts {
  let texts: string[] = [];
  let count = 0;
  return {
    get texts() {
      return texts;
    },
    get count() {
      return count;
    },
    add(text) {
      texts[count] = text;
      count += 1;
    },
    clear() {
      if (texts.length > KEPT_PARTS) texts = [];
      else for (let index = 0; index < count; index += 1) texts[index] = '';
      count = 0;
    },
  };
}

/** The text in one piece. */
export function wholeText({ texts, count }: TextParts): string {
  return count === 1 ? (texts[0] ?? '') : texts.slice(0, count).join(JOINT);
}
