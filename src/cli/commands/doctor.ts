import { ArcError } from '../../contract/errors.js';
import type { ArcStatus } from '../../contract/status.js';
import type { CliCommand, CommandContext } from '../command.js';
import { examine, type Examination } from '../doctor/examine.js';
import { allPatched, notFoundLines, statusLines } from '../doctor/print-status.js';
import { callCore, DEFAULT_CORE_URL, isRecord, listOf } from './packs-client.js';

const CORE_TIMEOUT_MS = 2_000;

interface DoctorFlags {
  readonly core?: string;
  readonly json?: boolean;
}

/** What Core says of the processes it hears from; undefined when it does not answer. */
type RunningProcesses = readonly { readonly state: string; readonly status: ArcStatus }[] | undefined;

/** `arc doctor`: what is patched, which settings are in force, which packs run, when telemetry last left. */
export const doctorCommand: CliCommand = {
  register(program, context) {
    program
      .command('doctor')
      .description(
        'Show which SDKs and frameworks are patched, which settings and packs are in force, and when telemetry last left.',
      )
      .option(
        '--core <url>',
        `Arc Core to ask about running processes (ARC_CORE_URL; ${DEFAULT_CORE_URL} by default)`,
      )
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        '\nExamples:\n  $ arc doctor\n  $ node --require arc/otel-register node_modules/.bin/arc doctor\n  $ arc doctor --json',
      )
      .action(async (flags: DoctorFlags) => {
        process.exitCode = await doctor(flags, context);
      });
  },
};

async function doctor(flags: DoctorFlags, context: CommandContext): Promise<number> {
  const core = flags.core ?? (context.env['ARC_CORE_URL'] || DEFAULT_CORE_URL);
  const running = await askCore(core);
  const examination = await examine(context.env, process.cwd());
  const healthy = examination.status !== undefined && allPatched(examination.status.sdks);
  if (flags.json)
    context.stdout(JSON.stringify({ healthy, here: examination, core, processes: running ?? null }));
  else print(examination, core, running, context);
  return healthy ? 0 : 1;
}

function print(
  examination: Examination,
  core: string,
  running: RunningProcesses,
  { env, stdout }: CommandContext,
): void {
  stdout(
    examination.how === 'here' ? 'This process, which runs under Arc:' : 'A program started here under Arc:',
  );
  const { status } = examination;
  if (status) for (const line of [...statusLines(status), ...notFoundLines(status.sdks)]) stdout(`  ${line}`);
  else stdout(`  ${whyOff(env, examination.complaint)}`);
  if (!running) {
    stdout(
      `\nArc Core at ${core} does not answer; start one with \`arc core\`, or name it with --core or ARC_CORE_URL.`,
    );
    return;
  }
  stdout(`\nRunning processes, as Arc Core at ${core} knows them: ${running.length}`);
  for (const { state, status } of running) {
    stdout(`  ${status.serviceName} pid ${status.pid}, ${state}`);
    for (const line of statusLines(status)) stdout(`    ${line}`);
  }
}

function whyOff(env: CommandContext['env'], complaint: string): string {
  if (env['ARC_DISABLE'] === '1') return 'disabled: ARC_DISABLE=1 is set; unset it to let Arc work';
  return complaint === ''
    ? 'Arc did not start, without a reason; run the program with OTEL_LOG_LEVEL=debug'
    : complaint;
}

async function askCore(core: string): Promise<RunningProcesses> {
  try {
    const { status, body } = await callCore(core, { path: '/processes', timeoutMs: CORE_TIMEOUT_MS });
    if (status !== 200) return undefined;
    return listOf(body, 'processes').flatMap((item) => {
      if (!isRecord(item['status'])) return [];
      const state = item['connected'] === true ? 'connected' : 'disconnected';
      return [{ state, status: item['status'] as unknown as ArcStatus }]; // Core's own form
    });
  } catch (error) {
    if (ArcError.is(error) && error.code === 'ARC_CORE_UNREACHABLE') return undefined;
    throw error;
  }
}
