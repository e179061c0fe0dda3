import type { CompiledPattern } from '../../src/patterns/compile.js';
import { keepLives } from '../../src/patterns/deadline.js';
import { buildImage } from '../../src/patterns/image/build-image.js';
import { openSegment } from '../../src/patterns/index/segment.js';
import { matcherOver, type Matcher } from '../../src/patterns/match.js';

/** A matcher over patterns that are indexed here. */
export function createMatcher(patterns: readonly CompiledPattern[]): Matcher {
  const definitions = patterns.map(({ definition }) => definition);
  const image = buildImage(definitions, { name: 'patterns', version: '0', hash: '' });
  const lives = keepLives(new Map(), Infinity); // each of them knows when it dies
  const segment = openSegment(image, { isChecked: true, compiled: patterns, lives });
  return matcherOver([{ segment, hidden: undefined }]);
}
