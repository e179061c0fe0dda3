import { ArcError } from '../../contract/errors.js';
import type { PatternDefinition } from '../../contract/pattern.js';
import { accessOf } from '../index/access.js';
import { buildBloom } from '../index/bloom-builder.js';
import { createFiling, type Filing } from '../index/filing.js';
import { createKeyCollector, type KeyTable } from '../index/key-table.js';
import { createAgeCollector } from './age-set.js';
import { apisOf, createApiCollector, groupByApi, type ApiCollector } from '../index/shared-groups.js';
import { createExpiryColumn } from './expiry-column.js';
import { createIdCollector, MAX_PATTERNS } from './id-table.js';
import { contentOf, writeImage, type SectionContents, type SegmentImage, type TableName } from './layout.js';
import type { PackMeta } from './pack-meta.js';
import { createPlaceCollector } from './places.js';
import { createRecordWriter } from './record-writer.js';

/** Builds an image one pattern at a time; what it keeps of each is as large as what the image will hold. */
export interface ImageBuilder {
  /** Number of patterns so far. */
  readonly count: number;
  /**
   * Adds a checked pattern; the id must be new.
   * @throws {ArcError} `ARC_PACK_INVALID` when there are too many.
   */
  add(definition: PatternDefinition): void;
  /** The image of all that was added. */
  finish(meta: PackMeta): SegmentImage;
}

/** How an image is built. */
export interface BuildOptions {
  /** Whether this runs in a thread or program of its own, where loading what makes the image smaller costs nobody. */
  readonly isAhead?: boolean;
  /** Most patterns alike that are tested one by one instead of looked up; 32 when left out. */
  readonly few?: number;
  /** Called now and then with the number of patterns done. */
  readonly progress?: (done: number) => void;
}

/** Patterns between two calls of `progress`. */
const REPORT_EVERY = 4_096;
/** For fewer whole texts the filter is not worth the library that builds it. */
const MANY_TEXTS = 4_096;

/** Builds an image. */
export function buildImage(
  patterns: Iterable<PatternDefinition>,
  meta: PackMeta,
  options: BuildOptions = {},
): SegmentImage {
  const { progress } = options;
  const builder = createImageBuilder(options);
  for (const pattern of patterns) {
    builder.add(pattern);
    if (builder.count % REPORT_EVERY === 0) progress?.(builder.count);
  }
  return builder.finish(meta);
}

/** A builder without patterns. */
export function createImageBuilder({ isAhead = false, few }: BuildOptions = {}): ImageBuilder {
  const records = createRecordWriter();
  const ids = createIdCollector();
  const expires = createExpiryColumn();
  const places = createPlaceCollector();
  const ages = createAgeCollector();
  const apis = createApiCollector();
  const filing = createFiling(few);
  return {
    get count() {
      return records.count;
    },
    add(definition) {
      const number = records.count;
      if (number >= MAX_PATTERNS) throw tooMany();
      records.add(definition);
      ids.add(definition.id);
      expires.add(definition.expires);
      places.add(definition.scope);
      ages.add(definition);
      if (definition.mode !== 'off') fileUnder(filing, apis, definition, number);
    },
    finish: (meta) =>
      writeImage(
        {
          ...records.contents(),
          ...indexContents(filing, apis),
          ...signatureContents(filing, isAhead),
          ...places.contents(),
          meta: json(meta),
          ids: contentOf(ids.build()),
          expires: contentOf(expires.build()),
          ttl: contentOf(ages.build()),
        },
        records.count,
      ),
  };
}

function fileUnder(filing: Filing, apis: ApiCollector, definition: PatternDefinition, number: number): void {
  const own = apisOf(definition);
  const paths = accessOf(definition.match, definition.scope);
  apis.add(own);
  filing.file({ definition, paths, number, api: own?.length === 1 ? own[0] : undefined });
}

function tooMany(): ArcError {
  return new ArcError('ARC_PACK_INVALID', `a pack holds at most ${MAX_PATTERNS} patterns; make two of it`);
}

function signatureContents({ signatures }: Filing, isAhead: boolean): SectionContents {
  if (!isAhead || signatures.count < MANY_TEXTS) return { signatures: contentOf(signatures.buildFilter()) };
  const bloom = buildBloom(signatures);
  return {
    signatures: contentOf(createKeyCollector().buildFilter()),
    'signatures.bloom': contentOf(bloom),
  };
}

function indexContents(filing: Filing, apis: ApiCollector): SectionContents {
  const { plan, keys } = filing;
  const shared = groupByApi(filing.shared);
  const [phrases, similar, ranges] = [filing.phrases.build(), filing.similar.build(), filing.ranges.build()];
  return {
    plan: json({ ...plan, apis: apis.build(), shared: shared.map(([api, { length }]) => [api, length]) }),
    ...tableContents('keys', keys.build()),
    ...tableContents('phrases', phrases),
    'phrases.texts': contentOf(phrases.phrases),
    ...tableContents('similar', similar.bands),
    'similar.records': contentOf(similar.records),
    ...tableContents('ranges', ranges.keys),
    'ranges.trees': contentOf(ranges.trees),
    'ranges.bounds': contentOf(ranges.bounds),
    'ranges.numbers': contentOf(ranges.numbers),
    shared: contentOf(Int32Array.from(shared.flatMap(([, numbers]) => numbers))),
  };
}

function tableContents(name: TableName, { filter, slots, lists }: KeyTable): SectionContents {
  return {
    [`${name}.filter`]: contentOf(filter),
    [`${name}.slots`]: contentOf(slots),
    [`${name}.lists`]: contentOf(lists),
  };
}

function json(value: unknown): ReturnType<typeof contentOf> {
  return contentOf(Buffer.from(JSON.stringify(value)));
}
