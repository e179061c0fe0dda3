import { canonicalJson } from '../serialize-pack.js';
import type { Profile } from './profile.js';

/** Most patterns one is compared with out of one list, so that the work grows with the number of patterns. */
const MAX_COMPARED = 64;
/** Of a longer list, those that are compared although they have nothing further in common. */
const MAX_SAMPLED = 8;
/** Equalities of which every combination is looked up. */
const MAX_COMBINED = 6;
/** Equalities by which patterns that write the same field are kept apart; further ones only when lists grow long. */
const MAIN_FIELDS: readonly string[] = ['api=', 'model='];

/** Patterns by what they have in common; filled in the order in which they act. */
export interface Neighbours {
  /** Patterns added before that may fit whenever this one does. */
  wider(profile: Profile): readonly Profile[];
  /** Patterns added before that write a field this one writes too, and may meet it. */
  rivals(profile: Profile): readonly Profile[];
  add(profile: Profile): void;
}

/** Creates an empty index. */
export function createNeighbours(): Neighbours {
  const byMatch = new Map<string, Profile[]>();
  const byEqualities = new Map<string, Profile[]>();
  const byWrite = new Map<string, Profile[]>();
  return {
    wider(profile) {
      const same = (byMatch.get(canonicalJson(profile.match)) ?? []).slice(0, MAX_COMPARED);
      const found = new Set(same);
      for (const key of combinations(profile.equalities)) {
        for (const other of (byEqualities.get(key) ?? []).slice(0, MAX_COMPARED)) found.add(other);
      }
      return [...found];
    },
    rivals(profile) {
      const found = new Set<Profile>();
      for (const key of rivalKeys(profile)) {
        const list = byWrite.get(key) ?? [];
        const closer =
          list.length <= MAX_COMPARED
            ? []
            : further(profile).map((atom) => byWrite.get(`${key} ${atom}`) ?? []);
        const lists = [list.length <= MAX_COMPARED ? list : list.slice(0, MAX_SAMPLED), ...closer];
        for (const rivals of lists) for (const rival of rivals.slice(0, MAX_COMPARED)) found.add(rival);
      }
      return [...found];
    },
    add(profile) {
      push(byMatch, canonicalJson(profile.match), profile);
      push(byEqualities, profile.equalities.join('\n'), profile);
      for (const key of writeKeys(profile, mainOf(profile))) {
        push(byWrite, key, profile);
        for (const atom of further(profile)) push(byWrite, `${key} ${atom}`, profile);
      }
    },
  };
}

/** All combinations of some equalities, each as the key of the patterns that ask for exactly these. */
function combinations(equalities: readonly string[]): readonly string[] {
  let sets: (readonly string[])[] = [[]];
  for (const equality of equalities.slice(0, MAX_COMBINED))
    sets = [...sets, ...sets.map((set) => [...set, equality])];
  if (equalities.length > MAX_COMBINED) sets.push(equalities);
  return sets.map((set) => set.join('\n'));
}

/** Where patterns stand that write the same field, and ask for the same API and model or leave them open. */
function rivalKeys(profile: Profile): readonly string[] {
  const [api = '', model = ''] = mainOf(profile);
  const mains = new Set([`${api} ${model}`, `${api} `, ` ${model}`, ' ']);
  return [...mains].flatMap((main) => fieldKeys(profile).map((key) => `${key} ${main}`));
}

function writeKeys(profile: Profile, [api = '', model = '']: readonly string[]): readonly string[] {
  return fieldKeys(profile).map((key) => `${key} ${api} ${model}`);
}

function fieldKeys({ writes, pattern }: Profile): readonly string[] {
  return [...writes.keys()].map((field) => `${field} ${pattern.priority}`);
}

function mainOf({ equalities }: Profile): readonly string[] {
  return MAIN_FIELDS.map((field) => equalities.find((equality) => equality.startsWith(field)) ?? '');
}

function further({ equalities }: Profile): readonly string[] {
  return equalities.filter((equality) => !MAIN_FIELDS.some((field) => equality.startsWith(field)));
}

function push(map: Map<string, Profile[]>, key: string, profile: Profile): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [profile]);
  else known.push(profile);
}
