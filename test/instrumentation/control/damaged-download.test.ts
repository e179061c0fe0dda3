import test from 'ava';
import { packSource, startTestCore } from '../../collector/control/test-core.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { startProcessDouble } from './process-double.js';

test('control: a download that was tampered with is refused, reported, and the pack before still runs', async (t) => {
  const core = await startTestCore();
  const process = startProcessDouble(core.wsUrl);
  t.teardown(() => process.client.close());
  t.teardown(() => core.close());
  await waitUntil('connected', () => core.control.processes()[0]?.upToDate);
  await core.add(packSource('1'));
  const tamper =
    'CREATE TRIGGER tamper AFTER INSERT ON packs BEGIN UPDATE packs SET text = text || char(32); END';
  core.database.exec(tamper);
  const { body } = await core.add(packSource('2', 0.1));
  t.like(body.processes?.[0], { status: 'failed' });
  t.regex(
    body.processes?.[0]?.message ?? '',
    /the download is damaged: SHA-256 must be [0-9a-f]{64}, received/,
  );
  t.deepEqual(process.holder.find('fleet.hot')?.fix, [{ set: { temperature: 0.7 } }]);
  t.like(core.control.processes()[0], { healthy: false, packs: [{ status: 'failed', version: '1' }] });
});
