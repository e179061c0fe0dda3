/** What is known of all texts an expression, or a part of one, matches. */
export interface Literals {
  /** All of them, when they are few. */
  readonly exact?: readonly string[];
  /** What each begins with. */
  readonly start?: readonly string[];
  /** Each has one of these in it. */
  readonly need?: readonly string[];
  /** Whether it matches at the beginning of a text only. */
  readonly isAnchored?: boolean;
}

/** Nothing is known. */
export const ANYTHING: Literals = {};
/** Matches without taking a character. */
export const NOTHING: Literals = { exact: [''] };

/** Most texts of a set; a pattern is filed under each. */
const MAX_TEXTS = 16;
/** Longest text of a set, in UTF-16 units. */
const MAX_LENGTH = 256;

/** What is known of one part after another. */
export function concatenate(items: readonly Literals[]): Literals {
  let run: readonly string[] = [''];
  let start: readonly string[] | undefined;
  let need: readonly string[] | undefined;
  let isExact = true;
  for (const item of items) {
    const longer = item.exact && product(run, item.exact);
    if (longer) {
      run = longer;
      continue;
    }
    const begun = product(run, item.exact ?? item.start ?? ['']) ?? run;
    if (isExact) start = begun;
    need = better(better(need, begun), item.need);
    run = item.exact ?? [''];
    isExact = false;
  }
  const isAnchored = items[0]?.isAnchored ?? false;
  if (isExact) return { exact: run, isAnchored };
  return literals({ start, need: better(need, run), isAnchored });
}

/** What is known of one of several parts. */
export function alternate(branches: readonly Literals[]): Literals {
  const [only] = branches;
  if (branches.length === 1 && only) return only;
  return literals({
    exact: union(branches.map(({ exact }) => exact)),
    start: union(branches.map(({ exact, start }) => exact ?? start)),
    need: union(branches.map(({ exact, need }) => better(exact, need))),
    isAnchored: branches.every((branch) => branch.isAnchored),
  });
}

/** What is known of a part that stands from `least` to `most` times. */
export function repeat(item: Literals, least: number, most: number): Literals {
  if (least === 1 && most === 1) return item;
  if (least === 0) {
    const exact = most === 1 && item.exact ? union([item.exact, ['']]) : undefined;
    return most === 0 ? NOTHING : literals({ exact });
  }
  const { exact, start, need, isAnchored = false } = item;
  if (exact && least === most && least <= MAX_TEXTS)
    return concatenate(Array.from({ length: least }, () => item));
  return literals({ start: exact ?? start, need: better(exact, need), isAnchored });
}

/** The set whose shortest text is longer: it tells more texts apart. */
export function better(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const [ofA, ofB] = [shortest(a), shortest(b)];
  if (ofA === ofB) return a.length <= b.length ? a : b;
  return ofA > ofB ? a : b;
}

/** Length of the shortest text of a set. */
export function shortest(texts: readonly string[]): number {
  return Math.min(...texts.map((text) => text.length));
}

function product(a: readonly string[], b: readonly string[]): readonly string[] | undefined {
  if (a.length * b.length > MAX_TEXTS) return undefined;
  const texts = a.flatMap((first) => b.map((second) => first + second));
  return texts.every((text) => text.length <= MAX_LENGTH) ? [...new Set(texts)] : undefined;
}

function union(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const all = new Set<string>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const text of set) all.add(text);
  }
  return all.size <= MAX_TEXTS ? [...all] : undefined;
}

/** Leaves out what is undefined or says nothing. */
function literals(known: { readonly [key in keyof Literals]: Literals[key] | undefined }): Literals {
  const { exact, start, need, isAnchored } = known;
  return {
    ...(exact && { exact }),
    ...(start && { start }),
    ...(need && shortest(need) > 0 && { need }),
    ...(isAnchored && { isAnchored }),
  };
}
