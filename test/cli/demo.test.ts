import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { runProgram, spawnProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';
import { ARC } from '../e2e/world.js';

/** Core on free ports and a database that goes with the test. */
const coreEnv = (t: ExecutionContext): Readonly<Record<string, string>> => ({
  ARC_CORE_OTLP_GRPC_PORT: '0',
  ARC_CORE_OTLP_HTTP_PORT: '0',
  ARC_CORE_WEB_PORT: '0',
  ARC_CORE_CONTROL_PORT: '0',
  ARC_CORE_DATABASE: join(tempDir(t), 'core.db'),
});

const WRITTEN_AND_SENT = [
  ['{"model":"gpt-4","temperature":0.95}', '{"model":"gpt-4","temperature":0.7}'],
  [
    '{"model":"gpt-5-mini","stream":true,"max_tokens":2000}',
    '{"model":"gpt-5-mini","stream":true,"max_completion_tokens":2000}',
  ],
  [
    '{"model":"claude-sonnet-4-6","max_tokens":2000,"temperature":1.2}',
    '{"model":"claude-sonnet-4-6","max_tokens":2000,"temperature":1}',
  ],
  ['{"model":"gpt-4o","tenant":42}', '{"model":"gpt-4o"}'],
];

test.serial('demo --once: tells of each call what was written, matched, sent, and came back', async (t) => {
  const { stdout, stderr, code } = await runProgram(t, { args: [...ARC, 'demo', '--once'], env: coreEnv(t) });
  t.is(stderr, '');
  t.is(code, 0);
  const told = [
    ...stdout.matchAll(
      /^ {2}as written +(.+)\n {2}matched +(.+)\n {2}sent +(.+)\n {2}came back +(.+)\n {2}trace +(.+)$/gm,
    ),
  ];
  const learned =
    /^ {2}as written +\{"model":"gpt-4o","tenant":42\}\n {2}refused +400, (.*tenant.*)\n {2}learned +(learned\.openai\.\S+)\n {2}sent +(.+)$/m.exec(
      stdout,
    );
  t.deepEqual(
    told.map(([, written, , sent]) => [written, sent]),
    WRITTEN_AND_SENT,
  );
  t.deepEqual(
    told.map(([, , matched]) => matched?.replace(/, version \d+$/, '')),
    [
      'openai.gpt-4.high-temperature',
      'openai.reasoning.max-tokens',
      'anthropic.temperature.range',
      learned?.[2],
    ],
  );
  t.deepEqual(learned?.slice(3), ['{"model":"gpt-4o"}']);
  t.regex(stdout, new RegExp(`^4\\. What it has learned.*\n  ${learned?.[2]}  \\w`, 'm'));
  for (const [, , , , answer, trace] of told) {
    t.regex(answer ?? '', /^200, /);
    t.regex(trace ?? '', /^http:\/\/localhost:\d+\/calls\/[0-9a-f]{32}\/[0-9a-f]{16}$/);
  }
  t.is([...stdout.matchAll(/FAILED 400/g)].length, 4, 'four of them fail without Arc');
  t.regex(stdout, /Done: 5 requests written, repaired in their spans, accepted, traced and stored\.$/m);
});

test.serial('demo: keeps Arc Core running until it is told to stop', async (t) => {
  const running = spawnProgram(t, { args: [...ARC, 'demo'], env: coreEnv(t) });
  const [, page] = await running.waitForLine(/^Look at +(http:\/\/\S+)$/m);
  await running.waitForLine(/Arc Core keeps running; Ctrl-C ends it\./);
  t.regex(await (await fetch(page ?? '')).text(), /gpt-5-mini/);
  const { code, signal } = await running.kill('SIGINT');
  t.is(signal, null);
  t.is(code, 0);
});

const FAULTS: readonly (readonly [name: string, value: string, steps: readonly string[]])[] = [
  [
    'ARC_MODE',
    'off',
    [
      'under Arc it succeeds',
      'every request was accepted, but for one that was refused once',
      '4 calls were repaired before they left (0 were)',
      'a refused call was repaired and sent once more',
    ],
  ],
  ['ARC_DISABLE', '1', ['under Arc it succeeds', 'Arc Core stored 5 calls (it has 0)']],
  [
    'OTEL_TRACES_EXPORTER',
    'none',
    ['Arc Core stored 5 calls (it has 0)', 'Arc Core was told what was learned'],
  ],
];

for (const [name, value, steps] of FAULTS) {
  test.serial(`demo --once: with ${name}=${value} it names the steps that did not happen`, async (t) => {
    const env = { ...coreEnv(t), [name]: value };
    const { stdout, stderr, code } = await runProgram(t, { args: [...ARC, 'demo', '--once'], env });
    t.is(code, 1);
    t.notRegex(stdout, /^Done/m);
    for (const step of steps) t.true(stderr.includes(`arc demo: did not happen: ${step}\n`), stderr);
  });
}

const PORTS = [
  ['ARC_CORE_WEB_PORT', '--web-port'],
  ['ARC_CORE_OTLP_GRPC_PORT', '--otlp-grpc-port'],
  ['ARC_CORE_OTLP_HTTP_PORT', '--otlp-http-port'],
  ['ARC_CORE_CONTROL_PORT', '--control-port'],
] as const;

for (const [variable, flag] of PORTS) {
  test.serial(`demo: a taken port is named with ${flag} and ${variable}`, async (t) => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    t.teardown(() => holder.close());
    const { port } = holder.address() as AddressInfo; // a TCP server has an AddressInfo
    const env = { ...coreEnv(t), [variable]: String(port) };
    const { stdout, stderr, code } = await runProgram(t, { args: [...ARC, 'demo', '--once'], env });
    t.is(code, 1);
    t.is(stdout, '');
    for (const part of [String(port), flag, variable]) t.true(stderr.includes(part), stderr);
  });
}
