import { ArcError } from '../../contract/errors.js';
import type { CliCommand, CommandContext } from '../command.js';
import { DEFAULT_CORE_URL } from './packs-client.js';
import { fetchCall, fetchCalls } from './traces-client.js';
import { createPaint } from '../paint.js';
import { callLines, detailLines } from './traces-text.js';

interface TracesFlags {
  readonly core: string;
  readonly json?: boolean;
  readonly limit: string;
  readonly decision?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly service?: string;
  readonly status?: string;
  readonly pattern?: string;
  readonly since?: string;
  readonly search?: string;
}

/** Flags that become a filter, with the name the API gives it. */
const FILTERS = [
  ['decision', 'decision', '--decision <kind>', 'fix, shadow, control, bypass or pass'],
  ['model', 'model', '--model <name>', 'model asked for or sent'],
  ['provider', 'provider', '--provider <name>', 'e.g. openai'],
  ['service', 'service', '--service <name>', 'service.name of the process'],
  ['status', 'status', '--status <status>', 'ok or error'],
  ['pattern', 'pattern', '--pattern <id>', 'id of a pattern that acted or would have'],
  ['since', 'since', '--since <time>', 'an RFC 3339 instant, or an age such as 15m, 24h or 7d'],
  ['search', 'q', '--search <text>', 'part of the model, the error or the pattern id'],
] as const;

const EXAMPLES = `
Examples:
  $ arc traces --decision fix --since 1h       what was repaired in the last hour
  $ arc traces 4bf92f3577b34da6a3ce929d0e0e4736   one trace, with what was changed`;

/** `arc traces`: shows the calls Arc Core has stored. */
export const tracesCommand: CliCommand = {
  register(program, context) {
    const command = program
      .command('traces [traceId] [spanId]')
      .description('Show LLM calls, newest first, or one with its repair.')
      .option(
        '--core <url>',
        'where Arc Core serves its API (ARC_CORE_URL)',
        context.env['ARC_CORE_URL'] || DEFAULT_CORE_URL,
      )
      .option('--limit <n>', 'how many calls to list, 1 to 500', '20')
      .option('--json', 'print what the API answers')
      .addHelpText('after', EXAMPLES);
    for (const [, , flag, doc] of FILTERS) command.option(flag, doc);
    command.action((traceId: string | undefined, spanId: string | undefined, flags: TracesFlags) =>
      traceId === undefined ? list(flags, context) : showTrace(traceId, spanId, flags, context),
    );
  },
};

async function list(flags: TracesFlags, { stdout, colour }: CommandContext): Promise<void> {
  const query = new URLSearchParams({ limit: flags.limit });
  for (const [key, name] of FILTERS) if (flags[key] !== undefined) query.set(name, flags[key]);
  const answer = await fetchCalls(flags.core, query);
  if (flags.json) return stdout(JSON.stringify(answer, null, 2));
  if (answer.calls.length === 0) {
    return stdout(
      'no calls; start a program with `node --require arc/otel-register app.js`, or loosen the filters',
    );
  }
  for (const line of callLines(answer.calls, createPaint(colour))) stdout(line);
  if (answer.next_cursor !== null) stdout(`(the newest ${answer.calls.length}; --limit shows more)`);
}

async function showTrace(
  traceId: string,
  spanId: string | undefined,
  flags: TracesFlags,
  { stdout, colour }: CommandContext,
): Promise<void> {
  const spanIds = spanId === undefined ? await callsOf(traceId, flags.core) : [spanId];
  const details = await Promise.all(spanIds.map((id) => fetchCall(flags.core, traceId, id)));
  if (flags.json) return stdout(JSON.stringify(spanId === undefined ? details : details[0], null, 2));
  for (const [index, detail] of details.entries()) {
    if (index > 0) stdout('');
    for (const line of detailLines(detail, createPaint(colour))) stdout(line);
  }
}

/** The calls of a trace, in the order they started. */
async function callsOf(traceId: string, core: string): Promise<readonly string[]> {
  const { calls } = await fetchCalls(core, new URLSearchParams({ q: traceId, limit: '500' }));
  const found = calls.filter((call) => call.traceId === traceId).map(({ spanId }) => spanId);
  if (found.length > 0) return found.reverse();
  throw new ArcError(
    'ARC_NOT_FOUND',
    `no call of trace ${traceId} is stored; \`arc traces\` lists those that are`,
  );
}
