import { availableParallelism } from 'node:os';
import type { Report } from './report.js';

/** How much to measure. */
export interface Effort {
  /** Number of paired rounds, at least 1. */
  readonly rounds: number;
  /** Operations of each contestant in a round, at least 1; the benchmark's own number when left out. */
  readonly calls: number | undefined;
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

/** The part of a report every benchmark fills in alike. */
export function describeRun(
  benchmark: string,
  { rounds, calls }: Effort,
): Pick<Report, 'benchmark' | 'command' | 'machine' | 'rounds'> {
  const perRound = calls === undefined ? '' : ` --calls ${calls}`;
  return {
    benchmark,
    command: `npm run bench -- ${benchmark} --rounds ${rounds}${perRound}`,
    machine: `Node ${process.versions.node} ${process.platform} ${process.arch}, ${availableParallelism()} processors`,
    rounds,
  };
}
