import test from 'ava';
import { createPackInstaller } from '../../../src/instrumentation/control/pack-installer.js';
import type { Download } from '../../../src/instrumentation/control/download.js';
import type {
  OfferedPack,
  PackOffer,
  ReceivedPack,
} from '../../../src/instrumentation/control/pack-offer.js';
import { PACKAGE_STATUS } from '../../../src/wire/opamp-messages.js';
import { waitUntil } from '../../helpers/wait-until.js';

const pack = (name: string, hash: string): OfferedPack => ({
  name,
  version: hash,
  hash,
  contentHash: hash,
  downloadUrl: `http://core/${hash}`,
});
const offer = (setHash: string, ...packs: readonly OfferedPack[]): PackOffer => ({
  packs,
  setHash: Buffer.from(setHash, 'hex'),
});

function setUp(fetch: (pack: OfferedPack) => Promise<Download>) {
  const applied: string[][] = [];
  let settled = 0;
  const installer = createPackInstaller({
    fetch,
    apply(packs: readonly ReceivedPack[]) {
      applied.push(packs.map(({ hash }) => hash));
      return packs.map(({ name }) => ({ name, outcome: 'installed' }));
    },
    changed: () => (settled += 1),
  });
  return { installer, applied, settled: () => settled };
}

const good = (offered: OfferedPack): Promise<Download> => Promise.resolve({ ok: true, text: offered.hash });

test('installer: a damaged download is reported as failed and the pack before is kept', async (t) => {
  let isDamaged = false;
  const { installer, applied, settled } = setUp((offered) =>
    isDamaged ? Promise.resolve({ ok: false, problem: 'SHA-256 differs' }) : good(offered),
  );
  t.teardown(() => installer.close());
  installer.offer(offer('01', pack('a', 'aa')));
  await waitUntil('installed', () => settled() === 1);
  isDamaged = true;
  installer.offer(offer('02', pack('a', 'bb')));
  await waitUntil('failed', () => settled() === 2);
  const status = installer.statuses().packages?.['a'];
  t.like(status, {
    status: PACKAGE_STATUS.installFailed,
    errorMessage: 'SHA-256 differs',
    agentHasVersion: 'aa',
  });
  t.deepEqual(status?.agentHasHash, Buffer.from('aa', 'hex'));
  t.deepEqual(status?.serverOfferedHash, Buffer.from('bb', 'hex'));
  t.deepEqual(applied, [['aa']]);
});

test('installer: a download that failed is tried again by itself', async (t) => {
  let attempts = 0;
  const { installer, applied } = setUp((offered) => {
    attempts += 1;
    return attempts < 3 ? Promise.resolve({ ok: false, problem: 'down' }) : good(offered);
  });
  t.teardown(() => installer.close());
  installer.offer(offer('01', pack('a', 'aa')));
  await waitUntil('installed', () => applied.length === 1);
  t.is(attempts, 3);
  t.is(installer.problem(), undefined);
});

test('installer: an offer that arrives during a download replaces it', async (t) => {
  const started = Promise.withResolvers<undefined>();
  const { installer, applied, settled } = setUp((offered) => {
    if (offered.hash !== 'aa') return good(offered);
    // Never ends by itself, like a stalled server; the test answers below.
    started.resolve(undefined);
    return stalled.promise;
  });
  const stalled = Promise.withResolvers<Download>();
  t.teardown(() => installer.close());
  installer.offer(offer('01', pack('a', 'aa')));
  await started.promise;
  installer.offer(offer('02', pack('a', 'bb')));
  stalled.resolve({ ok: true, text: 'aa' });
  await waitUntil('settled', () => settled() === 1);
  t.deepEqual(applied, [['bb']]);
});

test('installer: packs that are absent from the offer are dropped, the others are not fetched again', async (t) => {
  let fetches = 0;
  const { installer, applied, settled } = setUp((offered) => {
    fetches += 1;
    return good(offered);
  });
  t.teardown(() => installer.close());
  installer.offer(offer('01', pack('a', 'aa'), pack('b', 'bb')));
  await waitUntil('both', () => settled() === 1);
  installer.offer(offer('02', pack('b', 'bb')));
  await waitUntil('one', () => settled() === 2);
  t.deepEqual(applied, [['aa', 'bb'], ['bb']]);
  t.is(fetches, 2);
});

test('installer: an empty offer of a process that holds nothing is acknowledged without touching anything', async (t) => {
  const { installer, applied, settled } = setUp(good);
  installer.offer(offer('01'));
  await waitUntil('settled', () => settled() === 1);
  t.deepEqual(applied, []);
  t.deepEqual(installer.statuses().serverProvidedAllPackagesHash, Buffer.from('01', 'hex'));
});

test('installer: an apply that throws fails the new packs and keeps what was held', async (t) => {
  let settled = 0;
  const installer = createPackInstaller({
    fetch: good,
    apply: () => {
      throw new Error('engine is broken');
    },
    changed: () => (settled += 1),
  });
  installer.offer(offer('01', pack('a', 'aa')));
  await waitUntil('settled', () => settled === 1);
  t.like(installer.statuses().packages?.['a'], {
    status: PACKAGE_STATUS.installFailed,
    errorMessage: 'engine is broken',
  });
  t.is(installer.statuses().packages?.['a']?.agentHasHash, undefined);
});
