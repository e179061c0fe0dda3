import type { ExecutionContext } from 'ava';
import { spawnProgram, type Program } from '../helpers/spawn-program.js';
import { ARC } from './world.js';

/** Arc Core as a process of its own, as `arc core` starts it. */
export interface CoreProcess {
  readonly program: Program;
  readonly ports: CoreProcessPorts;
  /** Where it serves its page and API. */
  readonly page: string;
}

/** The ports it listens on. */
export type CoreProcessPorts = Readonly<Record<'web' | 'otlpGrpc' | 'otlpHttp' | 'control', string>>;

const ANY: CoreProcessPorts = { web: '0', otlpGrpc: '0', otlpHttp: '0', control: '0' };

/** The command line of a Core on a file. */
export function coreArgs(database: string, ports: CoreProcessPorts = ANY): readonly string[] {
  return [
    ...ARC,
    'core',
    ...['--database', database],
    ...['--web-port', ports.web],
    ...['--otlp-grpc-port', ports.otlpGrpc],
    ...['--otlp-http-port', ports.otlpHttp],
    ...['--control-port', ports.control],
  ];
}

/** Starts a Core and waits until it says that it runs; it ends with the test. */
export async function startCoreProcess(
  t: ExecutionContext,
  database: string,
  wanted?: CoreProcessPorts,
): Promise<CoreProcess> {
  const program = spawnProgram(t, { args: coreArgs(database, wanted), timeoutMs: 110_000 });
  await program.waitForLine(/Stop it with Ctrl\+C/);
  const port = (heading: string): string => {
    const [, found] =
      new RegExp(`^ {2}${heading} +\\w+://127\\.0\\.0\\.1:(\\d+)`, 'm').exec(program.stdout()) ?? [];
    if (found === undefined) throw new Error(`Core names no port of ${heading}:\n${program.stdout()}`);
    return found;
  };
  const ports = {
    web: port('page and API'),
    otlpGrpc: port('OTLP/gRPC'),
    otlpHttp: port('OTLP/HTTP'),
    control: port('control'),
  };
  return { program, ports, page: `http://127.0.0.1:${ports.web}` };
}
