import test from 'ava';
import { processPlace } from '../../src/instrumentation/process-place.js';

const place = test.macro({
  exec(t, env: Readonly<Record<string, string>>, service: string, environment?: string) {
    t.deepEqual(processPlace(env), { service, environment });
  },
  title: (_, env: Readonly<Record<string, string>>) => `process place: ${JSON.stringify(env)}`,
});

test(place, {}, 'unknown_service:node');
test(place, { OTEL_SERVICE_NAME: 'cart' }, 'cart');
test(place, { OTEL_SERVICE_NAME: '', OTEL_RESOURCE_ATTRIBUTES: 'service.name=cart' }, 'cart');
test(
  place,
  { OTEL_SERVICE_NAME: 'a', OTEL_RESOURCE_ATTRIBUTES: 'service.name=b,deployment.environment.name=prod' },
  'a',
  'prod',
);
test(
  place,
  { OTEL_RESOURCE_ATTRIBUTES: ' service.name = my%20cart , deployment.environment=old,' },
  'my cart',
  'old',
);
test(
  place,
  { OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=old,deployment.environment.name=new' },
  'unknown_service:node',
  'new',
);
test(place, { OTEL_RESOURCE_ATTRIBUTES: 'service.name=cart,broken' }, 'unknown_service:node');
test(place, { OTEL_RESOURCE_ATTRIBUTES: 'service.name=%zz' }, 'unknown_service:node');
