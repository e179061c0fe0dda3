import type { Endpoint } from './adapter.js';
import { isRecord, number, record, text, type UnknownRecord } from './shape.js';

const PROVIDER = 'aws.bedrock';
const NOWHERE: Endpoint = Object.freeze({ provider: PROVIDER, address: undefined, port: undefined });
const HTTP_PORT = 80;
const HTTPS_PORT = 443;

const byClient = new WeakMap<object, Endpoint>();

/**
 * Where a Bedrock client sends requests. The AWS SDK only tells it asynchronously, so a client's first call may not know
 * it yet: it is asked once per client, for its endpoint and region, never for credentials.
 */
export function bedrockEndpoint(client: unknown): Endpoint {
  if (!isRecord(client)) return NOWHERE;
  const known = byClient.get(client);
  if (known) return known;
  byClient.set(client, NOWHERE);
  resolveEndpoint(record(client['config'])).then(
    (endpoint) => byClient.set(client, endpoint),
    () => undefined, // without a region the call fails too, and says why
  );
  return NOWHERE;
}

async function resolveEndpoint(config: UnknownRecord): Promise<Endpoint> {
  const custom = await ask(config, 'endpoint');
  if (isRecord(custom)) return fromParts(custom);
  const resolve = config['endpointProvider'];
  if (typeof resolve !== 'function') return NOWHERE;
  const parameters = {
    Region: await ask(config, 'region'),
    UseFIPS: (await ask(config, 'useFipsEndpoint')) === true,
    UseDualStack: (await ask(config, 'useDualstackEndpoint')) === true,
  };
  const { url } = record(Reflect.apply(resolve, config, [parameters, {}]));
  return fromParts(record(url instanceof URL ? partsOf(url) : url));
}

/** Settings of a client are functions that give a promise of the value. */
async function ask(config: UnknownRecord, name: string): Promise<unknown> {
  const setting = config[name];
  return typeof setting === 'function' ? (Reflect.apply(setting, config, []) as unknown) : setting;
}

function partsOf({ hostname, port, protocol }: URL): UnknownRecord {
  return { hostname, protocol, port: port === '' ? undefined : Number(port) };
}

function fromParts({ hostname, port, protocol }: UnknownRecord): Endpoint {
  const standard = protocol === 'http:' ? HTTP_PORT : HTTPS_PORT;
  return { provider: PROVIDER, address: text(hostname), port: number(port) ?? standard };
}
