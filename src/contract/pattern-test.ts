import type { Json, RequestContext } from './request.js';

/** A request as a test writes it: what the view says by these names, every other key a parameter by its own name. */
export interface TestRequest {
  /** Left out: the first one the pattern is for. */
  readonly provider?: string;
  /** Left out: the first one the pattern is for. */
  readonly api?: string;
  readonly operation?: string;
  readonly context?: RequestContext;
  /** Parameters whose names are taken by the keys above, or that Arc does not know. */
  readonly params?: { readonly [name: string]: Json };
  readonly [parameter: string]: unknown;
}

/** What is to become of the request: it goes out as it came, it is repaired, or it is repaired to exactly these parameters. */
export type Expectation = 'pass' | 'fix' | { readonly params: { readonly [name: string]: Json } };

/** One test of a pattern. */
export interface PatternTest {
  readonly name?: string;
  readonly request: TestRequest;
  readonly expect: Expectation;
}
