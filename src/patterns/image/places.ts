import type { PatternScope } from '../../contract/pattern.js';
import { addNumber, createNumberSet, type NumberSet } from '../index/number-set.js';
import { isRecord } from '../own.js';
import { isInPlace, type ProcessPlace } from '../scope.js';
import { contentOf, refused, type SectionContents, type SegmentImage } from './layout.js';
import { parseSection } from './pack-meta.js';

/** The part of a scope that a process decides once. */
type Place = Pick<PatternScope, 'service' | 'environment'>;

/** Which patterns of an image are for some services or environments only, by what they are for. */
export interface Places {
  readonly places: readonly Place[];
  /** Two numbers for each such pattern: its own, and that of its place. */
  readonly placed: Int32Array;
}

/** Collects the places of patterns. */
export interface PlaceCollector {
  /** Adds the scope of the next number. */
  add(scope: PatternScope | undefined): void;
  contents(): SectionContents;
}

/** Two words of `placed` for each pattern. */
const PAIR = 2;

/** An empty collector. */
export function createPlaceCollector(): PlaceCollector {
  const places = new Map<string, number>();
  const placed: number[] = [];
  let count = 0;
  return {
    add({ service, environment } = {}) {
      const number = count;
      count += 1;
      if (service === undefined && environment === undefined) return;
      const place = JSON.stringify({ service, environment });
      const index = places.get(place) ?? places.size;
      places.set(place, index);
      placed.push(number, index);
    },
    contents: () => ({
      places: contentOf(Buffer.from(`[${[...places.keys()].join()}]`)),
      placed: contentOf(Int32Array.from(placed)),
    }),
  };
}

/**
 * Reads and checks the places of an image.
 * @throws {ArcError} `ARC_PACK_INVALID`, naming the section.
 */
export function readPlaces(image: SegmentImage): Places {
  const raw = parseSection(image, 'places');
  if (!Array.isArray(raw) || !raw.every(isPlace))
    throw refused('places', 'must be a list of services and environments');
  const placed = image.words('placed');
  if (placed.length % PAIR !== 0) throw refused('placed', 'must be pairs');
  for (let at = 0; at < placed.length; at += PAIR) {
    if (!isBelow(placed[at], image.patterns) || !isBelow(placed[at + 1], raw.length))
      throw refused('placed', `pair ${at / PAIR} leads nowhere`);
  }
  return { places: raw, placed };
}

/** The patterns of an image that are not for a process; undefined when all are. */
export function outOfPlace(image: SegmentImage, process: ProcessPlace): NumberSet | undefined {
  const { places, placed } = readPlaces(image);
  const isOut = places.map((place) => !isInPlace(place, process));
  if (!isOut.includes(true)) return undefined;
  const out = createNumberSet(image.patterns);
  for (let at = 0; at < placed.length; at += PAIR)
    if (isOut[placed[at + 1] ?? 0]) addNumber(out, placed[at] ?? 0);
  return out;
}

function isPlace(value: unknown): value is Place {
  return isRecord(value) && [value['service'], value['environment']].every(isListOfTexts);
}

function isListOfTexts(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

function isBelow(value: number | undefined, end: number): boolean {
  return value !== undefined && value >= 0 && value < end;
}
