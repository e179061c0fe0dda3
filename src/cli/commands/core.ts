import { CORE_OPTIONS, resolveCoreOptions, type CoreOptions } from '../../../collector/config.js';
import type { Core } from '../../../collector/main.js';
import type { CliCommand, CommandContext } from '../command.js';

/** The flags as commander hands them over: texts under the keys of {@link CoreOptions}. */
type CoreFlags = Readonly<Partial<Record<keyof CoreOptions, string>>>;

const EXAMPLES = `
Examples:
  $ arc core                                    keep everything in .arc/core.db
  $ arc core --forward http://localhost:4317    pass a copy on to Jaeger (give --otlp-grpc-port another port)
  $ arc core --host 0.0.0.0                     take telemetry from other machines, on a network you trust`;

/** `arc core`: runs Arc Core until it is told to stop. */
export const coreCommand: CliCommand = {
  register(program, context) {
    const command = program
      .command('core')
      .description('Run Arc Core: takes telemetry, keeps it, shows it, and hands packs to processes.')
      .addHelpText('after', EXAMPLES);
    for (const { flag, env, doc, fallback } of CORE_OPTIONS) {
      const shown =
        fallback === undefined || Array.isArray(fallback) ? '' : `; ${String(fallback)} by default`;
      command.option(flag, `${doc} (${env}${shown})`);
    }
    command.action((flags: CoreFlags) => runCore(flags, context));
  },
};

async function runCore(flags: CoreFlags, { env, stdout, stderr }: CommandContext): Promise<void> {
  const { options } = resolveCoreOptions(flags, env);
  const stopped = whenToldToStop();
  // Loaded only here: on Node 22 the database prints a warning, which no other command should show.
  const { startCore } = await import('../../../collector/main.js');
  const core = await startCore(options, { log: (line) => stderr(`arc core: ${line}`) });
  for (const line of welcome(core, options)) stdout(line);
  const signal = await stopped;
  stdout(`${signal}: finishing what is under way; send it again to stop at once`);
  await core.close();
  stdout('stopped');
}

/** Settles with the name of the first signal; a second one ends the process as it does by default. */
function whenToldToStop(): Promise<string> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(signal);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

function welcome(
  { ports }: Core,
  { host, database, forward, forwardProtocol }: CoreOptions,
): readonly string[] {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const url = (scheme: string, port: number): string =>
    `${scheme}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  return [
    'Arc Core is running',
    `  page and API   ${url('http', ports.web)}`,
    `  OTLP/gRPC      ${url('http', ports.otlpGrpc)}`,
    `  OTLP/HTTP      ${url('http', ports.otlpHttp)}`,
    ...(ports.control === undefined ? [] : [`  control        ${url('ws', ports.control)}/v1/opamp`]),
    `  database       ${database}`,
    ...(forward ? [`  forwards to    ${forward.href} (${forwardProtocol})`] : []),
    'Stop it with Ctrl+C.',
  ];
}
