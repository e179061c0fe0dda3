import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ArcStatus } from '../../contract/status.js';
import { arcProcess, status } from '../../instrumentation/arc-process.js';
import { loadSdks, probeSource } from './load-sdks.js';

const REGISTER = join(__dirname, '..', '..', 'otel-register.js');
const STATUS = join(__dirname, '..', '..', 'instrumentation', 'arc-process.js');
const PROBE_TIMEOUT_MS = 30_000;

/** What Arc is or would be in a program started in a folder with this environment. */
export interface Examination {
  /** `here`: this very process runs under Arc. `probe`: found out in a program of its own. */
  readonly how: 'here' | 'probe';
  /** Undefined when Arc did not start there. */
  readonly status: ArcStatus | undefined;
  /** What the probe wrote to standard error, e.g. why Arc did not start. */
  readonly complaint: string;
}

/** Examines this process when it runs under Arc, a probe otherwise. */
export async function examine(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<Examination> {
  if (arcProcess()) {
    loadSdks(folder);
    return { how: 'here', status: status(), complaint: '' };
  }
  return probe(env, folder);
}

/** The probe takes the environment as it is, but sends nothing anywhere. */
async function probe(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<Examination> {
  const quiet = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
  const child = spawn(
    process.execPath,
    ['--require', REGISTER, '--input-type=module', '--eval', probeSource(STATUS)],
    {
      cwd: folder,
      env: { ...env, ...quiet, ...(env['ARC_CONTROL_URL'] ? {} : { ARC_CONTROL_URL: 'none' }) },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PROBE_TIMEOUT_MS,
    },
  );
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { how: 'probe', status: readStatus(out), complaint: complaint.trim() };
}

function readStatus(out: string): ArcStatus | undefined {
  try {
    return (JSON.parse(out) as ArcStatus | null) ?? undefined; // printed by our own probe
  } catch {
    return undefined;
  }
}
