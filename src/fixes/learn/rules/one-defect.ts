import { REPAIRS } from '../../../contract/repairs.js';
import { proposeRepair } from '../propose-repair.js';
import { type Refused, type Remedy } from '../refused.js';

/** Words that say nothing of what a repair is for. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'that they them this those with what where which when from into have must than then there their only such many more ' +
    'drop goes gone gets take takes keep stay become becomes other instead without each every name names value values not'
  ).split(' '),
);

/** Words of four letters that a repair and a complaint must share. */
const LEAST_SHARED = 2;

/**
 * Where no rule understands a complaint: the one repair without loss whose own words the complaint uses most and that
 * finds something in the request. Two that fit alike teach nothing.
 */
export function oneDefect({ text, view }: Refused): Remedy | undefined {
  const words = stems(text);
  const ranked = Object.entries(REPAIRS)
    .flatMap(([operation, repairs]) =>
      Object.entries(repairs).map(([name, { doc, loses }]) => ({
        name: `${operation}.${name}`,
        shared:
          loses === undefined
            ? [...stems(`${name.replaceAll('_', ' ')} ${doc}`)].filter((word) => words.has(word)).length
            : 0,
      })),
    )
    .filter(({ shared }) => shared >= LEAST_SHARED)
    .sort((a, b) => b.shared - a.shared);
  const fitting = ranked.flatMap(({ name, shared }) => {
    const remedy = proposeRepair(view, [name]);
    return remedy === undefined || Object.keys(remedy.match).length === 0 ? [] : [{ remedy, shared }];
  });
  const [best, next] = fitting;
  return best === undefined || best.shared === next?.shared ? undefined : best.remedy;
}

function stems(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  return new Set(
    words
      .map((word) => word.replace(/(?:ing|ed|es|s)$/, ''))
      .filter((word) => word.length >= 3 && !EMPTY_WORDS.has(word)),
  );
}
