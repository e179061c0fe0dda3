import { createPackStore } from '../../../collector/control/pack-store.js';
import test from 'ava';
import { openDatabase } from '../../../collector/store/database.js';
import { packSource, startTestCore } from './test-core.js';

test('api: packs are listed and shown as they were written', async (t) => {
  const core = await startTestCore();
  t.teardown(() => core.close());
  const { body } = await core.add(packSource('1'));
  t.like(body.pack, { name: 'fleet', version: '1', patterns: 1, origin: 'control' });
  t.like(body.change, { action: 'added' });
  t.deepEqual(body.processes, []);
  t.like((await core.get('/packs')).body.packs?.[0], { name: 'fleet', hash: body.pack?.hash });
  const shown = (await core.get('/packs/fleet')).body.pack;
  t.is(shown?.source, packSource('1'));
});

test('api: a name in the query wins over the one in the file', async (t) => {
  const core = await startTestCore();
  t.teardown(() => core.close());
  const { body } = await core.add(packSource('1'), 'name=night.shift&file=x.yaml');
  t.is(body.pack?.name, 'night.shift');
  t.is((await core.get('/packs/fleet')).status, 404);
});

test('api: names that break the rule or belong to Core are refused', async (t) => {
  const core = await startTestCore();
  t.teardown(() => core.close());
  for (const name of ['history', 'No%20Good', '..%2Fup']) {
    const { status, body } = await core.add(packSource('1'), `name=${name}`);
    t.is(status, 400, name);
    t.is(body.error?.code, 'ARC_PACK_INVALID', name);
  }
  t.deepEqual(core.control.packs(), []);
});

test('api: the history tells what changed, newest first, and the same pack again is no change', async (t) => {
  const core = await startTestCore();
  t.teardown(() => core.close());
  const first = await core.add(packSource('1'));
  await core.add(packSource('2'));
  t.is((await core.add(packSource('2'))).body.change, null);
  await core.remove('fleet');
  const changes = (await core.get('/packs/history')).body.changes ?? [];
  t.deepEqual(
    changes.map(({ action, version }) => `${action} ${version}`),
    ['removed 2', 'replaced 2', 'added 1'],
  );
  t.is(changes[1]?.previousHash, first.body.pack?.hash);
});

test('api: removing an unknown pack is 404', async (t) => {
  const core = await startTestCore();
  t.teardown(() => core.close());
  const { status, body } = await core.remove('nope');
  t.is(status, 404);
  t.is(body.error?.code, 'ARC_NOT_FOUND');
});

test('api: a form post from a web page is refused', async (t) => {
  const core = await startTestCore();
  t.teardown(() => core.close());
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const headers = { 'content-type': type };
    const response = await core.control.routes.request('/packs', {
      method: 'POST',
      headers,
      body: packSource('1'),
    });
    t.is(response.status, 415, type);
  }
});

test('api: a wait that is no number of milliseconds is refused and nothing is added', async (t) => {
  const core = await startTestCore();
  t.teardown(() => core.close());
  for (const waitMs of ['x', '-1', '60001']) {
    t.is((await core.add(packSource('1'), `waitMs=${waitMs}`)).status, 400, waitMs);
  }
  t.deepEqual(core.control.packs(), []);
});

test('control: packs survive a restart of Core', async (t) => {
  const database = openDatabase(':memory:');
  const first = await startTestCore(0, database);
  await first.add(packSource('1'));
  const before = first.control.packs();
  await first.close();
  const second = await startTestCore(0, database);
  t.teardown(() => second.close());
  t.deepEqual(second.control.packs(), before);
});

test('api: the time to live of a pattern runs from when Core got that version of it', async (t) => {
  const core = await startTestCore();
  t.teardown(() => core.close());
  const source = packSource('1').replace('confidence:', 'ttl: 1h\n    confidence:');
  const store = createPackStore(core.database);
  const expires = () => /"expires":"([^"]+)"/.exec(store.get('fleet')?.text ?? '')?.[1];
  const before = Date.now();
  t.is((await core.add(source)).status, 200);
  const first = expires();
  t.true(Date.parse(first ?? '') >= before + 3_600_000 && Date.parse(first ?? '') <= Date.now() + 3_600_000);
  t.is((await core.add(source)).body.change, null);
  await core.add(source.replace('0.7', '0.6'));
  t.is(expires(), first);
  await core.add(source.replace('    version: 1\n', '    version: 2\n'));
  t.true(Date.parse(expires() ?? '') >= Date.parse(first ?? ''));
});
