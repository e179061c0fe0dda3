import type { Clock } from '../../../src/contract/clock.js';
import type { Match, PatternDefinition } from '../../../src/contract/pattern.js';
import type { RequestView } from '../../../src/contract/request.js';
import { compilePattern, type CompiledPattern } from '../../../src/patterns/compile.js';
import { createDeadlines } from '../../../src/patterns/deadline.js';
import { createFacts } from '../../../src/patterns/facts.js';
import { buildImage } from '../../../src/patterns/image/build-image.js';
import { checkImage } from '../../../src/patterns/image/check-image.js';
import type { SegmentImage } from '../../../src/patterns/image/layout.js';
import { openSegment, type Segment } from '../../../src/patterns/index/segment.js';
import { isInPlace, type ProcessPlace } from '../../../src/patterns/scope.js';

/** Patterns of these matches, named by their positions. */
export function patternsOf(matches: readonly Match[]): CompiledPattern[] {
  return matches.map((match, index) =>
    compilePattern({
      id: `test.p${index}`,
      version: 1,
      match,
      fix: [{ set: { temperature: 0.7 } }],
      confidence: 1,
      rollout: 1,
      priority: 0,
    }),
  );
}

/** Names of the patterns that fit when all are tried in turn. */
export function tryInTurn(patterns: readonly CompiledPattern[], view: RequestView): string[] {
  return patterns.filter((pattern) => pattern.test(createFacts(view))).map(nameOf);
}

/** Names of the patterns a segment finds. */
export function find(segment: Segment, view: RequestView): string[] {
  const found: CompiledPattern[] = [];
  segment.match(createFacts(view), 0, found);
  return found.map(nameOf).toSorted((a, b) => Number(a.slice(6)) - Number(b.slice(6)));
}

/**
 * An image of patterns as another thread would hand it over.
 * @param few - most patterns alike that are not looked up; none, so that a handful tests the index.
 */
export function imageOf(definitions: readonly PatternDefinition[], few = 0): SegmentImage {
  return checkImage(buildImage(definitions, { name: 'test', version: '1', hash: '' }, { few }).bytes);
}

/** The oracle: tries every pattern that is not off, for another place or dead, in the order in which they act. @returns ids. */
export function linearMatcher(
  definitions: readonly PatternDefinition[],
  place: ProcessPlace,
  clock: Clock,
): (view: RequestView, now: number) => readonly string[] {
  const lives = createDeadlines(clock).load();
  const compiled = definitions
    .filter(({ mode, scope }) => mode !== 'off' && isInPlace(scope, place))
    .map((definition) => compilePattern(definition, lives.of(definition)))
    .toSorted((a, b) => compareActing(a.definition, b.definition));
  return (view, now) =>
    compiled
      .filter((pattern) => pattern.expiresAt > now && pattern.test(createFacts(view)))
      .map(({ definition }) => definition.id);
}

function compareActing(a: PatternDefinition, b: PatternDefinition): number {
  return b.priority - a.priority || (a.id < b.id ? -1 : 1);
}

/** A segment of compiled patterns, through an image as another thread would hand it over. */
export function segmentFrom(patterns: readonly CompiledPattern[]): Segment {
  const definitions = patterns.map(({ definition }) => definition);
  return openSegment(imageOf(definitions), { isChecked: true, compiled: patterns });
}

/** A segment of these matches beside the patterns themselves. */
export function segmentOf(matches: readonly Match[]): {
  readonly patterns: CompiledPattern[];
  readonly segment: Segment;
} {
  const patterns = patternsOf(matches);
  return { patterns, segment: segmentFrom(patterns) };
}

function nameOf({ definition }: CompiledPattern): string {
  return definition.id;
}
