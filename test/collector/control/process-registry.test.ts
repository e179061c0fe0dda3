import test from 'ava';
import { createProcessRegistry } from '../../../collector/control/process-registry.js';
import { newUuidV7 } from '../../../src/wire/uuid.js';

const message = (instanceUid: Uint8Array) => ({ instanceUid, sequenceNum: '1', capabilities: '9' });

test('registry: a poller that misses its turns is disconnected, and forgotten an hour later', (t) => {
  const registry = createProcessRegistry();
  const uid = newUuidV7(0);
  registry.update(message(uid), undefined, 0);
  registry.update(message(uid), undefined, 2_000);
  registry.sweep(10_000);
  t.true(registry.get(uid)?.view.connected, '4 missed turns are allowed');
  registry.sweep(10_001);
  t.false(registry.get(uid)?.view.connected);
  registry.sweep(3_602_000);
  t.truthy(registry.get(uid));
  registry.sweep(3_602_001);
  t.is(registry.get(uid), undefined);
});

test('registry: a process on a WebSocket is connected until its connection ends', (t) => {
  const registry = createProcessRegistry();
  const carrier = {};
  const uid = newUuidV7(0);
  registry.update(message(uid), carrier, 0);
  registry.sweep(1_000_000);
  t.true(registry.get(uid)?.view.connected);
  registry.disconnectAll({});
  t.true(registry.get(uid)?.view.connected, 'the end of another connection');
  registry.disconnectAll(carrier);
  t.false(registry.get(uid)?.view.connected);
});

test('registry: what a message leaves out stays as it was', (t) => {
  const registry = createProcessRegistry();
  const uid = newUuidV7(0);
  const identifyingAttributes = [{ key: 'service.name', value: { stringValue: 'shop' } }];
  const health = { healthy: false, lastError: 'no' };
  registry.update({ ...message(uid), agentDescription: { identifyingAttributes }, health }, undefined, 0);
  const { view } = registry.update(message(uid), undefined, 1);
  t.like(view, {
    serviceName: 'shop',
    healthy: false,
    lastError: 'no',
    firstSeenAt: '1970-01-01T00:00:00.000Z',
  });
});

test('registry: connected processes come first, then the last seen', (t) => {
  const registry = createProcessRegistry();
  const [a, b, c] = [newUuidV7(1), newUuidV7(2), newUuidV7(3)];
  registry.update(message(a), undefined, 1);
  registry.update(message(b), undefined, 2);
  registry.update(message(c), undefined, 3);
  registry.disconnect(c);
  t.deepEqual(
    registry.records().map(({ uid }) => uid),
    [b, a, c],
  );
});

test('registry: a full list forgets the one that is gone longest', (t) => {
  const registry = createProcessRegistry();
  const oldest = newUuidV7(0);
  registry.update(message(oldest), undefined, 0);
  registry.disconnect(oldest);
  for (let i = 1; i <= 10_000; i += 1) registry.update(message(newUuidV7(i)), undefined, i);
  t.is(registry.records().length, 10_000);
  t.is(registry.get(oldest), undefined);
});
