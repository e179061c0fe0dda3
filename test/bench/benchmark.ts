import { availableParallelism } from 'node:os';
import type { Report } from './report.js';

/** How much to measure. */
export interface Effort {
  /** Number of paired rounds, at least 1. */
  readonly rounds: number;
  /** Operations of each contestant in a round, at least 1; the benchmark's own number when left out. */
  readonly calls: number | undefined;
  /** How long a contestant that makes calls at a given rate does so, in seconds; the benchmark's own number when left out. */
  readonly seconds?: number | undefined;
  /** The largest number of patterns; the benchmark's own when left out. */
  readonly patterns?: number | undefined;
}

/** A benchmark that `npm run bench -- NAME` runs. */
export interface Benchmark {
  readonly name: string;
  /** What it measures, in one line. */
  readonly summary: string;
  /** Rounds when the command line names no number. */
  readonly rounds: number;
  run(effort: Effort): Promise<Report>;
}

/** One of several benchmarks that belong together. */
export interface Part extends Benchmark {
  /** Whether it runs only when it is asked for by name. */
  readonly onDemand?: true;
}

/** Benchmarks that run one after another and make one page. */
export interface Suite {
  readonly name: string;
  /** What it measures, in one line. */
  readonly summary: string;
  readonly parts: readonly Part[];
  /** Where the page goes, from the repository's root. */
  readonly file: string;
  /**
   * The page, in Markdown.
   * @param present - what is in the file now, for pages that several suites write; empty when there is none.
   */
  page(reports: readonly Report[], present: string): string;
}

/**
 * The part of a report every benchmark fills in alike.
 * @param typed - what to type behind `npm run bench --`; the name when left out.
 */
export function describeRun(
  benchmark: string,
  { rounds, calls, seconds, patterns }: Effort,
  typed: string = benchmark,
): Pick<Report, 'benchmark' | 'command' | 'machine' | 'rounds'> {
  const perRound = calls === undefined ? '' : ` --calls ${calls}`;
  const long = seconds === undefined ? '' : ` --seconds ${seconds}`;
  const many = patterns === undefined ? '' : ` --patterns ${patterns}`;
  return {
    benchmark,
    command: `npm run bench -- ${typed} --rounds ${rounds}${perRound}${long}${many}`,
    machine: `Node ${process.versions.node} ${process.platform} ${process.arch}, ${availableParallelism()} processors`,
    rounds,
  };
}
