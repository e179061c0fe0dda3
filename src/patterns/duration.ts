/** Milliseconds of a unit; months and years have no fixed length and are left out. */
const UNIT_MS: { readonly [unit: string]: number } = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
};

/** Longest duration, 100 years of 365 days; more is a slip of the pen. */
const LONGEST_MS = 36_500 * 86_400_000;

const RULE =
  'must be a duration such as 30d, 12h, 45m, 90s or 2w, or in ISO 8601 P30D, PT12H, P1DT6H or P2W, above 0 and up to 36500d; months and years vary in length, so write days';

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const SHORT = new RegExp(`^${NUMBER}([wdhms])$`);
const ISO = new RegExp(
  `^P(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
);

/**
 * A duration in milliseconds: a number and a unit, or ISO 8601 without months and years.
 * @returns undefined for any other text.
 * @example durationMs('12h') // 43_200_000
 */
export function durationMs(text: string): number | undefined {
  const [, count, unit] = SHORT.exec(text) ?? [];
  const ms = count !== undefined && unit !== undefined ? Number(count) * (UNIT_MS[unit] ?? 0) : isoMs(text);
  return ms > 0 && ms <= LONGEST_MS ? ms : undefined;
}

/** What is wrong with a duration in a pack, or undefined. */
export function durationProblem(value: unknown): string | undefined {
  return typeof value === 'string' && durationMs(value) !== undefined ? undefined : RULE;
}

function isoMs(text: string): number {
  const parts = ISO.exec(text);
  if (!parts) return 0;
  const [, w, d, h, m, s] = parts;
  return Object.entries({ w, d, h, m, s }).reduce(
    (sum, [unit, count]) => sum + (count === undefined ? 0 : Number(count) * (UNIT_MS[unit] ?? 0)),
    0,
  );
}
