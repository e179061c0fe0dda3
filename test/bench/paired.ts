/** The figures of one contestant in one round, e.g. `{ p50: 43.1, p99: 120 }`. */
export type Sample = Readonly<Record<string, number>>;

/** Something that is measured against others. */
export interface Contestant {
  /** Measures once. */
  round(): Promise<Sample>;
}

/** The samples of all contestants, by round. */
export type Rounds<Name extends string> = readonly Readonly<Record<Name, Sample>>[];

/**
 * Lets the contestants take turns, each once a round. What disturbs the machine for longer than a round disturbs all of
 * them, so that differences within a round say more than the figures themselves. Each round starts with another one.
 */
export async function runPaired<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  rounds: number,
): Promise<Rounds<Name>> {
  const names = Object.keys(contestants) as Name[]; // its keys are the names
  const taken: Record<Name, Sample>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const samples: Partial<Record<Name, Sample>> = {};
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length];
      if (name !== undefined) samples[name] = await contestants[name].round();
    }
    taken.push(samples as Record<Name, Sample>); // every name has had its turn
  }
  return taken;
}

/** Median over the rounds of what `figure` makes of each; not a number when there are none. */
export function medianOf<Name extends string>(
  rounds: Rounds<Name>,
  figure: (round: Readonly<Record<Name, Sample>>) => number,
): number {
  return quantile(rounds.map(figure), 0.5);
}

/** Half the distance between the quartiles over the rounds: how far a figure strays. */
export function spreadOf<Name extends string>(
  rounds: Rounds<Name>,
  figure: (round: Readonly<Record<Name, Sample>>) => number,
): number {
  const figures = rounds.map(figure);
  return (quantile(figures, 0.75) - quantile(figures, 0.25)) / 2;
}

/**
 * The value below which a share of the values lies, between neighbours by proportion.
 * @param share - from 0 to 1.
 * @example quantile([4, 1, 2, 3], 0.5) // 2.5
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
