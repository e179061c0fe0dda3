import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { resolveOptions } from '../../contract/options.js';
import type { ArcStatus, SettingStatus } from '../../contract/status.js';
import { arcProcess, status } from '../../instrumentation/arc-process.js';
import { loadSdks, probeSource } from './load-sdks.js';

const REGISTER = join(__dirname, '..', '..', 'otel-register.js');
const STATUS = join(__dirname, '..', '..', 'instrumentation', 'arc-process.js');
const PROBE_TIMEOUT_MS = 60_000;

type Environment = Readonly<Record<string, string | undefined>>;

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
export async function examine(env: Environment, folder: string): Promise<Examination> {
  if (arcProcess()) {
    loadSdks(folder);
    return { how: 'here', status: status(), complaint: '' };
  }
  return probe(env, folder);
}

/** Keeps the probe from sending anything anywhere. */
const QUIET = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };

/** The probe takes the environment as it is but for {@link QUIET}, and joins no Core: it is no process of the user's. */
async function probe(env: Environment, folder: string): Promise<Examination> {
  const settings = settingsOf(env);
  const child = spawn(
    process.execPath,
    ['--require', REGISTER, '--input-type=module', '--eval', probeSource(STATUS)],
    {
      cwd: folder,
      // With a bad setting the probe is left to say so.
      env: { ...env, ...QUIET, ...(settings ? { ARC_CONTROL_URL: 'none' } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PROBE_TIMEOUT_MS,
    },
  );
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const status = readStatus(out);
  const told = status && settings ? { ...status, settings, control: 'not tried here' } : status;
  return { how: 'probe', status: told, complaint: complaint.trim() };
}

/** What a program would run with; undefined when a setting is bad. */
function settingsOf(env: Environment): readonly SettingStatus[] | undefined {
  try {
    return resolveOptions({}, env).settings;
  } catch {
    return undefined;
  }
}

function readStatus(out: string): ArcStatus | undefined {
  try {
    return (JSON.parse(out) as ArcStatus | null) ?? undefined; // printed by our own probe
  } catch {
    return undefined;
  }
}
