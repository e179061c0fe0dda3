import type { CommandContext } from '../command.js';

type Row = Readonly<Record<string, unknown>>;

/**
 * Prints what became of a change in each process.
 * @param rows - the `processes` of Core's answer.
 * @param waited - whether Core was asked to wait for the reports.
 * @returns false when a process failed, or did not report in time.
 */
export function printRollout(rows: readonly Row[], waited: boolean, context: CommandContext): boolean {
  if (rows.length === 0) {
    context.stdout('no process is connected; those that connect later get it at once');
    return true;
  }
  for (const row of rows) context.stdout(`  ${nameOf(row)}: ${outcome(row, waited)}`);
  return rows.every(({ status }) => status !== 'failed' && !(waited && status === 'pending'));
}

function nameOf({ serviceName, pid, uid }: Row): string {
  return `${String(serviceName)} (${typeof pid === 'number' ? `pid ${pid}` : String(uid)})`;
}

function outcome({ status, tookMs, message }: Row, waited: boolean): string {
  switch (status) {
    case 'installed':
    case 'removed':
      return `${status} in ${String(tookMs)} ms`;
    case 'failed':
      return `failed: ${typeof message === 'string' ? message : 'no reason given'}`;
    case 'pending':
      return waited ? 'no report yet; see `arc doctor` in that process' : 'told';
    default:
      return 'disconnected before it reported';
  }
}
