import test from 'ava';
import { packSource, startTestCore, type TestCore } from '../../collector/control/test-core.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { startProcessDouble, type ProcessDouble } from './process-double.js';

const connected = (core: TestCore, count = 1): Promise<unknown> =>
  waitUntil(
    `${count} connected`,
    () => core.control.processes().filter((p) => p.connected && p.upToDate).length === count,
  );

const temperatureSet = ({ holder }: ProcessDouble): unknown => holder.find('fleet.hot')?.fix[0];

for (const transport of ['websocket', 'http'] as const) {
  test(`control: a pack added in Core runs in the process within a second, over ${transport}`, async (t) => {
    const core = await startTestCore();
    const process = startProcessDouble(transport === 'http' ? core.httpUrl : core.wsUrl);
    t.teardown(() => process.client.close());
    t.teardown(() => core.close());
    await connected(core);
    const { status, body } = await core.add(packSource('1'));
    t.is(status, 200);
    const [result] = body.processes ?? [];
    t.like(result, { serviceName: 'shop', transport, status: 'installed' });
    t.true((result?.tookMs ?? Infinity) < 1_000, `took ${result?.tookMs} ms`);
    t.deepEqual(temperatureSet(process), { set: { temperature: 0.7 } });
    const [view] = core.control.processes();
    t.like(view, {
      upToDate: true,
      healthy: true,
      packs: [{ name: 'fleet', status: 'installed', version: '1' }],
    });
    t.is(view?.packs[0]?.hash, core.control.packs()[0]?.hash);
    t.is(view?.status?.packs[0]?.hash, view?.packs[0]?.hash);
    t.deepEqual(process.logged, []);
  });

  test(`control: a pack removed in Core is dropped by the process, over ${transport}`, async (t) => {
    const core = await startTestCore();
    const process = startProcessDouble(transport === 'http' ? core.httpUrl : core.wsUrl);
    t.teardown(() => process.client.close());
    t.teardown(() => core.close());
    await core.add(packSource('1'));
    await waitUntil('installed', () => process.holder.find('fleet.hot'));
    await connected(core);
    const { status, body } = await core.remove('fleet');
    t.is(status, 200);
    t.like(body.processes?.[0], { status: 'removed' });
    t.is(process.holder.find('fleet.hot'), undefined);
  });
}

test('control: the state names the transport and the address, without a password', async (t) => {
  const core = await startTestCore();
  const withPassword = core.wsUrl.replace('ws://', 'ws://user:secret@');
  const process = startProcessDouble(withPassword);
  t.teardown(() => process.client.close());
  t.teardown(() => core.close());
  await waitUntil('connected', () => process.client.state() === `connected ${core.wsUrl}`);
  t.pass();
});

test('control: a Core started later is found', async (t) => {
  const early = await startTestCore();
  await early.close();
  const process = startProcessDouble(early.wsUrl);
  t.teardown(() => process.client.close());
  await waitUntil('a failed attempt', () => process.client.state().startsWith('unreachable'));
  const core = await startTestCore(early.control.port);
  t.teardown(() => core.close());
  await core.add(packSource('1'), 'waitMs=0');
  const startMs = performance.now();
  await waitUntil('installed', () => process.holder.find('fleet.hot'));
  t.true(performance.now() - startMs < 2_000);
});

test('control: when Core goes away the packs stay, and when it is back the process follows it again', async (t) => {
  const first = await startTestCore();
  const process = startProcessDouble(first.wsUrl);
  t.teardown(() => process.client.close());
  await connected(first);
  await first.add(packSource('1'));
  await first.close();
  await waitUntil('lost', () => process.client.state().startsWith('unreachable'));
  t.truthy(process.holder.find('fleet.hot'));
  const second = await startTestCore(first.control.port, first.database);
  t.teardown(() => second.close());
  await connected(second);
  t.deepEqual(process.applied, [['fleet@1']]);
  t.like(second.control.processes()[0], { packs: [{ name: 'fleet', status: 'installed' }] });
  await second.add(packSource('2', 0.5));
  t.deepEqual(temperatureSet(process), { set: { temperature: 0.5 } });
});

test('control: of two packs added in quick succession the last one runs', async (t) => {
  const core = await startTestCore();
  const process = startProcessDouble(core.wsUrl);
  t.teardown(() => process.client.close());
  t.teardown(() => core.close());
  await connected(core);
  await Promise.all([core.add(packSource('1', 0.1), 'waitMs=0'), core.add(packSource('2', 0.2), 'waitMs=0')]);
  await connected(core);
  t.deepEqual(temperatureSet(process), { set: { temperature: 0.2 } });
  t.is(process.applied.at(-1)?.[0], 'fleet@2');
});

test('control: a pack the process cannot load is reported as failed, and the one before still runs', async (t) => {
  const core = await startTestCore();
  const process = startProcessDouble(core.wsUrl);
  t.teardown(() => process.client.close());
  t.teardown(() => core.close());
  await connected(core);
  await core.add(packSource('1'));
  // A process of another Arc version may refuse what this Core accepts.
  process.holder.put = () => {
    throw new Error('unknown operator "warp"');
  };
  const { body } = await core.add(packSource('2', 0.5));
  t.like(body.processes?.[0], { status: 'failed', message: 'unknown operator "warp"' });
  t.deepEqual(temperatureSet(process), { set: { temperature: 0.7 } });
  const [view] = core.control.processes();
  const held = view?.packs[0];
  t.like(view, { healthy: false, lastError: 'unknown operator "warp"' });
  t.like(held, { status: 'failed', version: '1' });
  t.not(held?.hash, held?.offeredHash);
});

test('control: a bad pack is refused by Core with every problem, and the running one stays', async (t) => {
  const core = await startTestCore();
  const process = startProcessDouble(core.wsUrl);
  t.teardown(() => process.client.close());
  t.teardown(() => core.close());
  await connected(core);
  await core.add(packSource('1'));
  const bad = packSource('2')
    .replace('">": 0.9', '"about": 0.9')
    .replace('confidence: 0.99', 'confidence: 7');
  const { status, body } = await core.add(bad);
  t.is(status, 400);
  t.is(body.error?.code, 'ARC_PACK_INVALID');
  t.true((body.error?.problems?.length ?? 0) >= 2);
  t.like(body.error?.problems?.[0], { position: { file: 'fleet.yaml' } });
  t.deepEqual(temperatureSet(process), { set: { temperature: 0.7 } });
  t.is(process.applied.length, 1);
});

test('control: fifty processes get a pack within a second', async (t) => {
  const core = await startTestCore();
  const processes = Array.from({ length: 50 }, (_, i) => startProcessDouble(core.wsUrl, `shop-${i}`));
  t.teardown(() => Promise.all(processes.map(({ client }) => client.close())));
  t.teardown(() => core.close());
  await connected(core, 50);
  const { body } = await core.add(packSource('1'));
  t.is(body.processes?.length, 50);
  t.true(body.processes?.every(({ status }) => status === 'installed'));
  t.true(processes.every(({ holder }) => holder.find('fleet.hot') !== undefined));
});

test('control: a process that says goodbye is shown as disconnected', async (t) => {
  const core = await startTestCore();
  const process = startProcessDouble(core.wsUrl);
  t.teardown(() => core.close());
  await connected(core);
  await process.client.close();
  await waitUntil('disconnected', () => core.control.processes()[0]?.connected === false);
  t.regex(process.client.state(), /^closed /);
});

test('control: a status that throws does not reach the application', async (t) => {
  const core = await startTestCore();
  const process = startProcessDouble(core.wsUrl);
  t.teardown(() => process.client.close());
  t.teardown(() => core.close());
  process.holder.packs = () => {
    throw new Error('broken status');
  };
  await connected(core);
  t.like(core.control.processes()[0], { serviceName: 'unknown_service' });
});
