import type { HeldPack } from './held-pack.js';
import { addNumber, createNumberSet, hasNumber, unionOf, type NumberSet } from './index/number-set.js';
import type { Segment } from './index/segment.js';
import type { Run } from './match.js';
import { eachSharedId } from './shared-ids.js';

/** A pattern id that stands in several packs, and which pack's pattern runs. */
export interface PackConflict {
  readonly id: string;
  /** Names of all packs that hold the id, in the order they were put. */
  readonly packs: readonly string[];
  readonly winner: string;
}

/** All packs of a process as one set of patterns. */
export interface Merged {
  readonly runs: readonly Run[];
  conflicts(): readonly PackConflict[];
}

/** A run and the pack it belongs to. */
interface Member {
  readonly pack: HeldPack;
  readonly run: Run;
  /** What its own pack has replaced or removed, and what is not for this place: it takes no part. */
  readonly absent: NumberSet | undefined;
  hidden: NumberSet | undefined;
}

/**
 * Finds out which patterns of each pack run: of an id that several hold, the highest version, among equals that of the pack
 * put last. Nothing is built anew, and of two segments that stay the shared ids are known.
 * @param outOfPlace - numbers of a segment's patterns that are not for this process: they do not stand in the way of one of
 *   the same id that is.
 */
export function mergePacks(
  packs: readonly HeldPack[],
  outOfPlace: (segment: Segment) => NumberSet | undefined = () => undefined,
): Merged {
  const members: readonly Member[] = packs.flatMap((pack) =>
    pack.runs.map((run): Member => {
      const absent = unionOf(run.hidden, outOfPlace(run.segment));
      return { pack, run, absent, hidden: absent };
    }),
  );
  eachClash(members, (loser, number) => hide(loser, number));
  return {
    runs: members.map(({ run, hidden }) => (hidden === run.hidden ? run : { segment: run.segment, hidden })),
    conflicts: () => conflictsOf(members),
  };
}

/** Calls back with the one of two patterns of one id that does not run. */
function eachClash(
  members: readonly Member[],
  visit: (loser: Member, number: number, winner: Member) => void,
): void {
  for (const [index, later] of members.entries()) {
    for (const earlier of members.slice(0, index)) {
      if (earlier.pack === later.pack || areBuiltin(earlier, later)) continue;
      eachSharedId(earlier.run.segment, later.run.segment, (first, second, comparison) => {
        if (hasNumber(earlier.absent, first) || hasNumber(later.absent, second)) return;
        if (comparison >= 0) visit(earlier, first, later);
        else visit(later, second, earlier);
      });
    }
  }
}

/** The build refuses an id that stands in two packs that ship with Arc. */
function areBuiltin({ pack: one }: Member, { pack: other }: Member): boolean {
  return one.origin === 'builtin' && other.origin === 'builtin';
}

function hide(member: Member, number: number): void {
  const { run, absent } = member;
  if (member.hidden === absent)
    member.hidden = absent ? Int32Array.from(absent) : createNumberSet(run.segment.size);
  if (member.hidden) addNumber(member.hidden, number);
}

function conflictsOf(members: readonly Member[]): readonly PackConflict[] {
  const claims = new Map<string, Set<Member>>();
  eachClash(members, (loser, number, winner) => {
    const id = loser.run.segment.idOf(number);
    const claim = claims.get(id) ?? new Set<Member>();
    claims.set(id, claim.add(loser).add(winner));
  });
  return [...claims].map(([id, claim]) => {
    const inOrder = members.filter((member) => claim.has(member));
    const winner = inOrder.find(({ run, hidden }) => !hasNumber(hidden, run.segment.numberOf(id)));
    return { id, packs: inOrder.map(({ pack }) => pack.name), winner: winner?.pack.name ?? '' };
  });
}
