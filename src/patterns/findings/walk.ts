import type { RequestView } from '../../contract/request.js';
import type { FactCache } from '../request-pairing.js';
import type { FindingName } from './finding-names.js';

/** Adds what stands out in a request; a name may be added more than once. */
export type FindIn = (view: RequestView, cache: FactCache, found: FindingName[]) => void;

/** One look through a request, for findings that take the same reading. */
export interface Walk {
  /** What it may find; left out, anything. */
  readonly finds?: Readonly<Partial<Record<FindingName, string>>>;
  /** The parameters it reads, beside api, provider and model; left out, any. */
  readonly reads?: readonly string[];
  readonly run: FindIn;
}
