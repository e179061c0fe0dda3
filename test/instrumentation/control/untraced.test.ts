import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import test from 'ava';
import { untraced } from '../../../src/instrumentation/control/untraced.js';

const isSuppressed = (): boolean => isTracingSuppressed(context.active());

test('untraced: the SDK sees that tracing is suppressed inside, across waits, and not outside', async (t) => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  t.teardown(() => context.disable());
  t.false(isSuppressed());
  t.true(await untraced(() => Promise.resolve().then(isSuppressed)));
  t.false(isSuppressed());
});
