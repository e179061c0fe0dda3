import test from 'ava';
import { CORE_OPTIONS, resolveCoreOptions } from '../../collector/config.js';

test('resolveCoreOptions: the defaults are those of the ports everyone expects', (t) => {
  const { options } = resolveCoreOptions({}, {});
  t.like(options, {
    host: '127.0.0.1',
    otlpGrpcPort: 4317,
    otlpHttpPort: 4318,
    webPort: 8080,
    controlPort: 4320,
  });
  t.is(options.forward, undefined);
  t.deepEqual(Object.keys(options).sort(), CORE_OPTIONS.map(({ key }) => key).sort());
});

test('resolveCoreOptions: flags win over the environment, which wins over defaults', (t) => {
  const env = {
    ARC_CORE_WEB_PORT: '9000',
    ARC_CORE_HOST: '0.0.0.0',
    ARC_CORE_ALLOWED_HOSTS: 'Core, core.internal',
  };
  const { options, settings } = resolveCoreOptions({ webPort: '9001' }, env);
  t.like(options, { webPort: 9001, host: '0.0.0.0', allowedHosts: ['core', 'core.internal'] });
  t.is(settings.find(({ key }) => key === 'webPort')?.origin, 'code');
  t.is(settings.find(({ key }) => key === 'host')?.origin, 'env');
});

const rejects = test.macro({
  exec(t, env: Record<string, string>, message: RegExp) {
    t.throws(() => resolveCoreOptions({}, env), { code: 'ARC_CONFIG_INVALID', message });
  },
  title: (_, env) => `resolveCoreOptions: ${JSON.stringify(env)} is refused`,
});

test(
  rejects,
  { ARC_CORE_WEB_PORT: '65536' },
  /ARC_CORE_WEB_PORT: must be an integer from 0 to 65535, received "65536"/,
);
test(rejects, { ARC_CORE_WEB_PORT: '80a' }, /ARC_CORE_WEB_PORT/);
test(rejects, { ARC_CORE_FORWARD: 'jaeger:4317' }, /ARC_CORE_FORWARD: must be an http or https URL/);
test(rejects, { ARC_CORE_FORWARD_PROTOCOL: 'udp' }, /must be grpc or http/);
