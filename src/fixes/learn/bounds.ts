/** Bounds of a number, both inclusive, as a provider states them. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** Bounds that are outside themselves, of a field that takes fractions: those above are near them. */
  readonly above?: number;
  readonly below?: number;
}

const NUMBER = String.raw`[\`'"(]{0,2}(-?\d[\d,_]{0,15}(?:\.\d+)?)[\`'")]{0,2}`;
const GAP = String.raw`[^.\d\n]{0,60}?`;

/** How far from an open bound a fraction stays. */
const LEAST_STEP = 0.01;

/** Two bounds in one phrase: which of them are exclusive stands in the brackets or beside the numbers. */
const PAIRS: readonly RegExp[] = [
  /\b(?:rang(?:e|es)|between|in|within|interval)\b[^.\d\n[(]{0,60}([[(])\s*(-?[\d.,_]+)\s*[,;]\s*(-?[\d.,_]+|\+?inf(?:inity)?)\s*([\])])/i,
  new RegExp(String.raw`between\s+()${NUMBER}\s+and\s+${NUMBER}()`, 'i'),
  new RegExp(
    String.raw`from\s+()${NUMBER}\s*(?:\((?:inclusive|exclusive)\))?\s*(?:to|up to|-)\s+${NUMBER}\s*(\((?:inclusive|exclusive)\))?`,
    'i',
  ),
  /\b(?:range|within|in)\b[^.\d\n]{0,60}?()(-?\d+(?:\.\d+)?)\s*(?:\.\.|to|~|–|-)\s*(-?\d+(?:\.\d+)?)()/i,
  /()(-?\d+(?:\.\d+)?)\s*\.\.\s*(-?\d+(?:\.\d+)?)()/,
  /([[(])\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*([\])])/,
  /()(-?\d+(?:\.\d+)?)\s*(?:<=|≤)\s*\w+\s*(?:<=|≤)\s*(-?\d+(?:\.\d+)?)()/,
];

/** One bound; `open` says that the bound itself is outside. */
const SINGLES: readonly {
  readonly side: 'min' | 'max';
  readonly open?: boolean;
  readonly expression: RegExp;
}[] = [
  { side: 'max', expression: new RegExp(String.raw`-?\d[\d,]*\s*>\s*${NUMBER}`) },
  {
    side: 'max',
    expression: new RegExp(
      String.raw`(?:<=|≤|less (?:than )?or equal to|at most|up to|no (?:more|greater|larger|higher) than|not? (?:exceed|be (?:greater|larger|more|higher) than)|cannot exceed|maximum|greater than the maximum|above the maximum|exceeds|limit(?:ed)?)${GAP}\s*${NUMBER}`,
      'i',
    ),
  },
  {
    side: 'max',
    open: true,
    expression: new RegExp(String.raw`(?:<|less than|below|smaller than)\s+${NUMBER}`, 'i'),
  },
  {
    side: 'min',
    expression: new RegExp(
      String.raw`(?:>=|≥|greater (?:than )?or equal to|at least|no(?:t)? (?:less|lower|smaller) than|minimum|less than the minimum|below the minimum)${GAP}\s*${NUMBER}`,
      'i',
    ),
  },
  {
    side: 'min',
    open: true,
    expression: new RegExp(String.raw`(?:>|greater than|above|larger than|more than)\s+${NUMBER}`, 'i'),
  },
  { side: 'min', open: true, expression: /(?:strictly )?positive()/i },
];

/**
 * The bounds a complaint states that a number is outside of; undefined where it states none.
 * @param isInteger - whether the field counts something, so that an open bound has a next number.
 */
export function boundsFor(text: string, value: number, isInteger: boolean): Bounds | undefined {
  const readings = [...pairs(text, isInteger), ...singles(text, isInteger)];
  return readings.find(({ min = -Infinity, max = Infinity }) => min <= max && (value < min || value > max));
}

function pairs(text: string, isInteger: boolean): readonly Bounds[] {
  return PAIRS.flatMap((expression) => {
    const [, open = '', low = '', high = '', close = ''] = expression.exec(text) ?? [];
    const min = inside(numberOf(low), open === '(' ? 1 : 0, isInteger);
    const isOpen = close === ')' || close === '(exclusive)';
    const max = inside(numberOf(high), isOpen ? -1 : 0, isInteger);
    if (min === undefined && max === undefined) return [];
    return [
      {
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
        ...(open === '(' && !isInteger && { above: Number(low) }),
        ...(isOpen && !isInteger && { below: Number(high) }),
      },
    ];
  });
}

function singles(text: string, isInteger: boolean): readonly Bounds[] {
  return SINGLES.flatMap(({ side, open = false, expression }): readonly Bounds[] => {
    const match = expression.exec(text);
    if (match === null) return [];
    const stated = match[1] === '' ? 0 : numberOf(match[1] ?? '');
    const bound = inside(stated, open ? (side === 'min' ? 1 : -1) : 0, isInteger);
    if (bound === undefined || stated === undefined) return [];
    const isNear = open && !isInteger;
    if (side === 'min') return [{ min: bound, ...(isNear && { above: stated }) }];
    return [{ max: bound, ...(isNear && { below: stated }) }];
  });
}

/** The nearest number inside; beside an open bound of a field that takes fractions, one that is near. */
function inside(bound: number | undefined, step: number, isInteger: boolean): number | undefined {
  if (bound === undefined || step === 0) return bound;
  return isInteger ? bound + step : bound + step * LEAST_STEP;
}

function numberOf(text: string): number | undefined {
  const number = Number(text.replaceAll(/[,_]/g, ''));
  return text !== '' && Number.isFinite(number) ? number : undefined;
}
