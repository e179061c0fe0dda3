import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { REPO_ROOT } from '../helpers/repo-root.js';
import type { Part, Suite } from './benchmark.js';
import type { Report } from './report.js';

/** How a suite runs. */
export interface SuiteRun {
  /** What the command line asks for; each part has its own numbers otherwise. */
  readonly effort: {
    readonly rounds: number | undefined;
    readonly calls: number | undefined;
    readonly seconds: number | undefined;
    readonly patterns?: number | undefined;
  };
  /** Whether the page is written. */
  readonly write: boolean;
  /** Told before and after each part, e.g. `[2/17] 1kB-plain-64: 21 s`. */
  readonly progress: (what: string) => void;
  /** Told after each part. */
  readonly done: (report: Report) => void;
}

/**
 * The parts a selection names: each of its words must be a word of the name, between hyphens. Without a selection, all
 * but those that only run when asked for.
 * @param only - selections separated by commas, e.g. `1kB-plain,rate`.
 * @throws {Error} naming a selection that fits no part.
 */
export function selectParts({ parts }: Pick<Suite, 'parts'>, only: string | undefined): readonly Part[] {
  if (only === undefined) return parts.filter(({ onDemand }) => !onDemand);
  const chosen = new Set(
    only.split(',').flatMap((selection) => {
      const fitting = parts.filter(({ name }) => fits(name, selection));
      if (fitting.length > 0) return fitting;
      throw new Error(
        `--only: names of parts or words of them (${parts.map(({ name }) => name).join(', ')}), received ${selection}`,
      );
    }),
  );
  return parts.filter((part) => chosen.has(part));
}

function fits(name: string, selection: string): boolean {
  const words = name.split('-');
  return selection.split('-').every((word) => words.includes(word));
}

/** Runs parts one after another; writes the page when all of them have ended well. */
export async function runSuite(suite: Suite, parts: readonly Part[], run: SuiteRun): Promise<Report[]> {
  const { rounds, ...effort } = run.effort;
  const reports: Report[] = [];
  for (const [index, part] of parts.entries()) {
    run.progress(`[${index + 1}/${parts.length}] ${part.name}: ${part.summary}`);
    const startedAt = performance.now();
    const report = await part.run({ ...effort, rounds: rounds ?? part.rounds });
    run.progress(
      `[${index + 1}/${parts.length}] ${part.name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
    );
    reports.push(report);
    run.done(report);
  }
  if (run.write) await writePage(join(REPO_ROOT, suite.file), (present) => suite.page(reports, present));
  return reports;
}

async function writePage(file: string, page: (present: string) => string): Promise<void> {
  const options = await resolveConfig(file);
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, await format(page(present), { ...options, parser: 'markdown' }));
}
