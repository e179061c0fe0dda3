import type { ProcessRecord, ProcessRegistry } from './process-registry.js';
import type { PackReport } from './process-view.js';

/** What became of one change in one process. */
export interface RolloutResult {
  readonly uid: string;
  readonly serviceName: string;
  readonly pid: number | undefined;
  readonly transport: 'websocket' | 'http';
  /** `pending`: it had not reported when the wait was over. `gone`: it disconnected before it did. */
  readonly status: 'installed' | 'removed' | 'failed' | 'pending' | 'gone';
  /** From the change to the process's report of it, in milliseconds. */
  readonly tookMs?: number;
  /** Why it failed. */
  readonly message?: string;
}

/** One change under way. */
export interface Rollout {
  /** Resolves when every process that was connected at the start has reported, or the time is over. Never rejects. */
  wait(timeoutMs: number): Promise<readonly RolloutResult[]>;
}

/** Which change to watch. */
export interface RolloutTarget {
  /** The pack that was put or removed. */
  readonly name: string;
  /** Hash of the whole set after the change, hexadecimal. */
  readonly setHash: string;
}

/** Starts watching; call it right after the change, before the processes can answer. */
export function watchRollout(registry: ProcessRegistry, target: RolloutTarget): Rollout {
  const startMs = performance.now();
  const told = registry.records().filter(({ view }) => view.connected && view.acceptsPacks);
  const results = new Map(told.map((record) => [record.view.uid, judge(record, target, startMs)]));
  return {
    async wait(timeoutMs) {
      if (timeoutMs > 0) await settled(registry, target, { results, startMs, timeoutMs });
      return [...results.values()];
    },
  };
}

interface Watch {
  readonly results: Map<string, RolloutResult>;
  readonly startMs: number;
  readonly timeoutMs: number;
}

function settled(registry: ProcessRegistry, target: RolloutTarget, watch: Watch): Promise<void> {
  const isSettled = (): boolean => [...watch.results.values()].every(({ status }) => status !== 'pending');
  return new Promise((resolve) => {
    if (isSettled()) return resolve();
    const finish = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(finish, watch.timeoutMs);
    const stop = registry.onChange((record) => {
      if (watch.results.get(record.view.uid)?.status !== 'pending') return;
      watch.results.set(record.view.uid, judge(record, target, watch.startMs));
      if (isSettled()) finish();
    });
  });
}

function judge(record: ProcessRecord, target: RolloutTarget, startMs: number): RolloutResult {
  const { uid, serviceName, pid, transport, connected } = record.view;
  const base = { uid, serviceName, pid, transport };
  if (record.setHash !== target.setHash) return { ...base, status: connected ? 'pending' : 'gone' };
  const report = record.view.packs.find(({ name }) => name === target.name);
  const tookMs = Math.round(performance.now() - startMs);
  return { ...base, tookMs, ...outcome(report) };
}

function outcome(report: PackReport | undefined): Pick<RolloutResult, 'status' | 'message'> {
  if (!report) return { status: 'removed' };
  const message = report.message ? { message: report.message } : {};
  return { status: report.status, ...message };
}
