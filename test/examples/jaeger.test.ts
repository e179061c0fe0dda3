import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { parse } from 'yaml';
import { CORE_OPTIONS, resolveCoreOptions } from '../../collector/config.js';
import { startCore } from '../../collector/main.js';
import { startModelServer } from '../../src/cli/demo/model-server.js';
import { ARC } from '../../src/contract/names.js';
import { startOtlpReceiver } from '../helpers/otlp-receiver.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { exampleEnv } from '../helpers/run-example.js';
import { runProgram } from '../helpers/spawn-program.js';

interface Service {
  readonly image: string;
  readonly ports: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
}

const FILE = join(REPO_ROOT, 'examples/07-jaeger/compose.yaml');
const { services } = parse(readFileSync(FILE, 'utf8')) as { services: Readonly<Record<string, Service>> };
const env = services['arc']?.environment ?? {};

/** The port a service has inside, published on this machine alone under the same number. */
function publishedPorts(service: Service | undefined): readonly number[] {
  return (service?.ports ?? []).map((line) => Number(/^127\.0\.0\.1:(\d+):\1$/.exec(line)?.[1]));
}

test('07-jaeger: every setting of Core in the compose file exists and is accepted', (t) => {
  const known = CORE_OPTIONS.map((option) => option.env);
  t.deepEqual(
    Object.keys(env).filter((name) => !known.includes(name)),
    [],
  );
  t.is(resolveCoreOptions({}, env).options.host, '0.0.0.0');
});

test("07-jaeger: Core's ports are published, and it forwards to Jaeger's OTLP port", (t) => {
  const { options } = resolveCoreOptions({}, env);
  const ports = [options.otlpGrpcPort, options.otlpHttpPort, options.controlPort, options.webPort];
  t.deepEqual(publishedPorts(services['arc']), ports);
  t.deepEqual(publishedPorts(services['jaeger']), [16_686]);
  t.truthy(services[options.forward?.hostname ?? ''], 'the forward address names a service of the file');
  t.is(options.forward?.port, '4317');
});

test('07-jaeger: what Core receives arrives, repaired call and all, at a receiver in place of Jaeger', async (t) => {
  const jaeger = await startOtlpReceiver(t);
  const free = { host: '127.0.0.1', otlpGrpcPort: 0, otlpHttpPort: 0, webPort: 0, controlPort: 0 };
  const given = { ...free, database: ':memory:', forward: jaeger.grpcUrl };
  const core = await startCore(resolveCoreOptions(given, env).options);
  t.teardown(core.close);
  const models = await startModelServer();
  t.teardown(models.close);

  const args = ['--require', 'arc/otel-register', 'examples/01-openai-commonjs/app.cjs'];
  const result = await runProgram(t, {
    args,
    env: exampleEnv(models, `http://127.0.0.1:${core.ports.otlpGrpc}`),
  });

  t.is(result.code, 0, result.stderr);
  const span = await jaeger.waitFor('the forwarded span', ({ spans }) => spans[0]);
  t.like(span, { name: 'chat gpt-4', kind: 'CLIENT' });
  t.is(span.attributes[ARC.decision], 'fix');
  t.is(span.resource['service.name'], 'example');
});
