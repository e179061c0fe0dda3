import { join } from 'node:path';
import test from 'ava';
import { PACKAGE_ROOT } from '../../src/contract/package-info.js';
import { loadTypes } from '../../src/wire/protobuf.js';

const PROTO = join(PACKAGE_ROOT, 'src', 'contract', 'proto');

test('loadTypes: compiles a file and its imports', (t) => {
  const types = loadTypes(['opentelemetry/proto/collector/trace/v1/trace_service.proto'], [PROTO]);
  const codec = types.codec<{ resourceSpans?: readonly object[] }>(
    'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest',
  );
  const resourceSpans = [{ schemaUrl: 'https://example.com/schema' }];
  t.deepEqual(codec.decode(codec.encode({ resourceSpans })), { resourceSpans });
});

test('loadTypes: an unknown message names the message and the file', (t) => {
  const types = loadTypes(['opamp/opamp.proto'], [PROTO]);
  t.throws(() => types.codec('opamp.proto.Nope'), {
    code: 'ARC_NOT_FOUND',
    message: /opamp\.proto\.Nope.*opamp\/opamp/,
  });
});

test('loadTypes: a missing file is an error', (t) => {
  t.throws(() => loadTypes(['none.proto'], [PROTO]), { message: /none\.proto/ });
});
