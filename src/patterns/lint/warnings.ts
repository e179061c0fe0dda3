import type { PackProblem } from '../../contract/errors.js';
import type { PatternDefinition } from '../../contract/pattern.js';
import type { PackText } from '../parse-pack.js';
import { formatPath, type DocumentPath } from '../report.js';
import { conflictOf } from './conflict.js';
import { conjunctionOf } from './conjunction.js';
import { contradictionOf } from './logic.js';
import { createNeighbours, type Neighbours } from './neighbours.js';
import { byAction, matchInScope, profileOf, type Profile } from './profile.js';
import { shadowOf } from './shadow.js';
import { slowSimilarity } from './slow-similar.js';

/** A pattern with its place in a text. */
interface Placed {
  readonly text: PackText;
  readonly path: DocumentPath;
}

/**
 * What is probably not meant, in packs that are to run together: patterns that can never act, that another leaves nothing to
 * do, that contradict another, or that a low threshold makes slow. Every warning is shown to be true, up to a fix that the guard refuses at run time; what
 * cannot be shown is not said. The work grows with the number of patterns: of many that look alike, each is compared with
 * some.
 * @param nowMs - milliseconds since the epoch.
 */
export function warningsOf(texts: readonly PackText[], nowMs: number): readonly PackProblem[] {
  const places = texts.flatMap((text) =>
    text.pack.patterns.map((_, index) => ({ text, path: pathOf(text, index) })),
  );
  const patterns = texts.flatMap(({ pack }) => pack.patterns);
  const found: { readonly index: number; readonly field: string; readonly message: string }[] = [];
  const profiles = patterns.flatMap((pattern, index) => {
    const reason = unreachable(pattern, nowMs);
    if (reason) found.push({ index, ...reason });
    const slow = reason ? undefined : slowSimilarity(pattern);
    if (slow !== undefined) found.push({ index, field: 'match', message: slow });
    return reason ? [] : [profileOf(pattern, index)];
  });
  const neighbours = createNeighbours();
  for (const profile of profiles.sort(byAction)) {
    const message = troubleWith(profile, neighbours);
    if (message !== undefined) found.push({ index: profile.index, field: 'id', message });
    neighbours.add(profile);
  }
  return found
    .sort((a, b) => a.index - b.index)
    .flatMap(({ index, field, message }) => {
      const place = places[index];
      return place ? [problemAt(place, field, message)] : [];
    });
}

function troubleWith(profile: Profile, neighbours: Neighbours): string | undefined {
  const own = conjunctionOf([{ match: profile.match, path: [] }], 'request');
  for (const earlier of neighbours.wider(profile)) {
    const shadow = shadowOf(profile, own, earlier);
    if (shadow !== undefined) return shadow;
  }
  for (const rival of neighbours.rivals(profile)) {
    const conflict = conflictOf(profile, own, rival);
    if (conflict !== undefined) return conflict;
  }
  return undefined;
}

/** Why a pattern never acts whatever else there is. */
function unreachable(
  pattern: PatternDefinition,
  nowMs: number,
): { readonly field: string; readonly message: string } | undefined {
  const { expires, rollout, scope } = pattern;
  if (expires !== undefined && Date.parse(expires) <= nowMs)
    return { field: 'expires', message: `never acts: it expired at ${expires}` };
  if (rollout === 0)
    return { field: 'rollout', message: 'never acts: with a rollout of 0 every match is control' };
  const conflict = scope && contradictionOf(matchInScope(pattern));
  return (
    conflict && { field: 'scope', message: `never acts: its match is outside its scope; ${conflict.reason}` }
  );
}

function problemAt({ text, path }: Placed, field: string, message: string): PackProblem {
  const at = [...path, field];
  return { position: text.document.locate(at, 'value'), field: formatPath(at), message };
}

/** Where a pattern of a pack stands: a document may be a pack, a list or one pattern. */
function pathOf({ document: { value } }: PackText, index: number): DocumentPath {
  if (Array.isArray(value)) return [index];
  return typeof value === 'object' && value !== null && 'patterns' in value ? ['patterns', index] : [];
}
