import type { ProcessPlace } from '../patterns/scope.js';

/** What OpenTelemetry calls a Node.js process that names no service. */
const UNKNOWN_SERVICE = 'unknown_service:node';

/**
 * Service and environment of the process as OpenTelemetry reads them from its variables: `OTEL_SERVICE_NAME` before
 * `OTEL_RESOURCE_ATTRIBUTES`, and `deployment.environment` where its successor is missing.
 * @see https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable
 */
export function processPlace(
  env: Readonly<Record<string, string | undefined>>,
): ProcessPlace & { readonly service: string } {
  const attributes = resourceAttributes(env['OTEL_RESOURCE_ATTRIBUTES'] ?? '');
  return {
    service: env['OTEL_SERVICE_NAME']?.trim() || attributes.get('service.name') || UNKNOWN_SERVICE,
    environment: attributes.get('deployment.environment.name') || attributes.get('deployment.environment'),
  };
}

/** `key=value` pairs, percent-encoded. A mistake anywhere makes the whole variable void, as the specification demands. */
function resourceAttributes(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  try {
    return new Map(pairs.map(readPair));
  } catch {
    return new Map();
  }
}

function readPair(pair: string): [key: string, value: string] {
  const [key = '', value, ...rest] = pair.split('=').map((part) => decodeURIComponent(part.trim()));
  if (key === '' || value === undefined || rest.length > 0) throw new Error('not a key and a value');
  return [key, value];
}
