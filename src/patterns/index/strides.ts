/**
 * How often a text is looked at, and how many bytes are looked at there. A phrase of at least `step + width - 1` bytes
 * covers, wherever it stands, one position divisible by `step` and the `width` bytes behind it. A step of 0 looks at the
 * beginning alone.
 */
export interface Stride {
  readonly step: number;
  readonly width: number;
}

/** From the cheapest to the dearest. Wide grams tell more: those of four bytes stand in every text. */
export const STRIDES: readonly Stride[] = [
  { step: 8, width: 16 },
  { step: 4, width: 8 },
  { step: 2, width: 6 },
  { step: 1, width: 4 },
  { step: 1, width: 3 },
  { step: 1, width: 2 },
  { step: 1, width: 1 },
  { step: 0, width: 8 },
  { step: 0, width: 4 },
  { step: 0, width: 2 },
  { step: 0, width: 1 },
];

/** Bytes of a phrase that are compared; of a longer one, a part that is rare among the phrases. */
export const COMPARED_BYTES = 256;
/** Highest position of a gram in its phrase that is used, so that it fits a byte. */
export const LAST_OFFSET = COMPARED_BYTES - 16;

/**
 * The cheapest stride, as a position in {@link STRIDES}, that finds a phrase of so many bytes, at least one.
 * @param atStart - whether texts have the phrase at their beginning.
 */
export function strideOf(bytes: number, atStart: boolean): number {
  return STRIDES.findIndex(
    ({ step, width }) => (step === 0) === atStart && bytes >= Math.max(1, step) + width - 1,
  );
}
