import { Command } from 'commander';
import test, { type ExecutionContext } from 'ava';
import { tracesCommand } from '../../../src/cli/commands/traces.js';
import { callSpan, FIXED, startTestCore } from '../../collector/fixtures.js';

interface Run {
  readonly lines: readonly string[];
  readonly text: string;
}

async function traces(args: readonly string[], colour = false): Promise<Run> {
  const lines: string[] = [];
  const program = new Command('arc').exitOverride();
  const stdout = (line: string): void => void lines.push(line);
  tracesCommand.register(program, { env: {}, stdout, stderr: stdout, colour });
  await program.parseAsync(['traces', ...args], { from: 'user' });
  return { lines, text: lines.join('\n') };
}

async function filledCore(t: ExecutionContext) {
  const core = await startTestCore(t);
  const fixed = callSpan(FIXED);
  const failed = callSpan(
    { 'error.type': 'RateLimitError', 'gen_ai.request.model': 'gpt-5\u001b[31m\nforged' },
    { status: 'error' },
  );
  core.store.writeSpans([fixed, failed, callSpan()]);
  return { url: `http://127.0.0.1:${core.ports.web}`, fixed, failed };
}

test('arc traces: lists calls as a table, newest first', async (t) => {
  const { url, fixed } = await filledCore(t);
  const { lines } = await traces(['--core', url]);
  t.is(lines.length, 4);
  t.regex(lines[0] ?? '', /^STARTED \(UTC\) +DECISION +MODEL/);
  t.regex(
    lines[3] ?? '',
    new RegExp(`fix +gpt-4 .*openai\\.gpt-4\\.high-temperature@2 +ok .*${fixed.spanId}`),
  );
});

test('arc traces: text of strangers cannot steer the terminal', async (t) => {
  const { url } = await filledCore(t);
  const { lines, text } = await traces(['--core', url]);
  t.false(text.includes('\u001b'));
  t.is(lines.length, 4);
});

test('arc traces: filters, limit and JSON', async (t) => {
  const { url, fixed } = await filledCore(t);
  const { text } = await traces(['--core', url, '--decision', 'fix', '--limit', '5', '--json']);
  t.like(JSON.parse(text), { calls: [{ spanId: fixed.spanId }], next_cursor: null });
  t.regex((await traces(['--core', url, '--limit', '1'])).text, /the newest 1; --limit shows more/);
  t.regex((await traces(['--core', url, '--model', 'none'])).text, /no calls/);
});

test('arc traces TRACE: shows the call with what was changed', async (t) => {
  const { url, fixed } = await filledCore(t);
  const { text } = await traces([fixed.traceId, '--core', url]);
  t.regex(text, /changed before it was sent\n {2}temperature\n {4}- 0\.95\n {4}\+ 0\.7/);
  t.regex(text, /decision {2}fix by openai\.gpt-4\.high-temperature@2, confidence 0\.97/);
  t.regex(text, /chat gpt-4 .* <- this call/);
  t.is((await traces([fixed.traceId, fixed.spanId, '--core', url])).text, text);
});

test('arc traces: colours only where they are wanted', async (t) => {
  const { url, fixed } = await filledCore(t);
  t.true((await traces([fixed.traceId, '--core', url], true)).text.includes('\u001b[32m    + 0.7\u001b[0m'));
  t.false((await traces([fixed.traceId, '--core', url], false)).text.includes('\u001b'));
});

test('arc traces: a Core that is not there is ARC_CORE_UNREACHABLE with what to do', async (t) => {
  const core = await startTestCore(t);
  const url = `http://127.0.0.1:${core.ports.web}`;
  await core.close();
  await t.throwsAsync(traces(['--core', url]), {
    code: 'ARC_CORE_UNREACHABLE',
    message: /arc core.*ARC_CORE_URL/,
  });
});

test('arc traces: bad filters and unknown traces are named', async (t) => {
  const { url } = await filledCore(t);
  await t.throwsAsync(traces(['--core', url, '--limit', '0']), {
    code: 'ARC_USAGE',
    message: /limit: must be an integer/,
  });
  await t.throwsAsync(traces(['a'.repeat(32), '--core', url]), {
    code: 'ARC_NOT_FOUND',
    message: /no call of trace/,
  });
  const unknown = ['a'.repeat(32), 'b'.repeat(16), '--core', url];
  await t.throwsAsync(traces(unknown), { code: 'ARC_NOT_FOUND' });
});
