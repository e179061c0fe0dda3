import { join } from 'node:path';
import { invalidSetting } from '../src/contract/errors.js';
import type { SettingStatus } from '../src/contract/status.js';
import type { ForwardProtocol } from './ingest/forward-target.js';

/** What Arc Core can be told, by flag or by environment. */
export interface CoreOptions {
  /** Address to listen on, for all ports. */
  readonly host: string;
  /** Port of OTLP/gRPC; 0 takes any free one, as for the other ports. */
  readonly otlpGrpcPort: number;
  /** Port of OTLP/HTTP. */
  readonly otlpHttpPort: number;
  /** Port of the pages and the JSON API. */
  readonly webPort: number;
  /** Port of the control channel (OpAMP). */
  readonly controlPort: number;
  /** SQLite file, or `:memory:`. */
  readonly database: string;
  /** OTLP endpoint every export is passed on to; undefined for none. */
  readonly forward: URL | undefined;
  /** Protocol of that endpoint. */
  readonly forwardProtocol: ForwardProtocol;
  /** Host names a browser may use for the pages, besides loopback names and `host`. */
  readonly allowedHosts: readonly string[];
}

/** One row of the option table. */
export interface CoreOptionSpec<K extends keyof CoreOptions = keyof CoreOptions> {
  readonly key: K;
  readonly env: string;
  /** The command-line flag with its argument, as commander reads it. */
  readonly flag: string;
  readonly fallback: CoreOptions[K];
  readonly doc: string;
  /** Reads a text. @throws {ArcError} `ARC_CONFIG_INVALID` */
  readonly parse: (value: unknown, field: string) => CoreOptions[K];
}

function row<K extends keyof CoreOptions>(spec: CoreOptionSpec<K>): CoreOptionSpec {
  return spec; // checks the row against its own key before it joins the others
}

/** The one table: types, defaults, environment, flags and the README come from it. */
export const CORE_OPTIONS: readonly CoreOptionSpec[] = Object.freeze([
  row({
    key: 'host',
    env: 'ARC_CORE_HOST',
    flag: '--host <address>',
    fallback: '127.0.0.1',
    doc: 'Address to listen on. There is no sign-in: use 0.0.0.0 only on a network you trust.',
    parse: text('a host name or address'),
  }),
  row({
    key: 'otlpGrpcPort',
    env: 'ARC_CORE_OTLP_GRPC_PORT',
    flag: '--otlp-grpc-port <port>',
    fallback: 4317,
    doc: 'Port of OTLP/gRPC.',
    parse: port,
  }),
  row({
    key: 'otlpHttpPort',
    env: 'ARC_CORE_OTLP_HTTP_PORT',
    flag: '--otlp-http-port <port>',
    fallback: 4318,
    doc: 'Port of OTLP/HTTP.',
    parse: port,
  }),
  row({
    key: 'webPort',
    env: 'ARC_CORE_WEB_PORT',
    flag: '--web-port <port>',
    fallback: 8080,
    doc: 'Port of the pages and the JSON API.',
    parse: port,
  }),
  row({
    key: 'controlPort',
    env: 'ARC_CORE_CONTROL_PORT',
    flag: '--control-port <port>',
    fallback: 4320,
    doc: 'Port of the control channel (OpAMP).',
    parse: port,
  }),
  row({
    key: 'database',
    env: 'ARC_CORE_DATABASE',
    flag: '--database <file>',
    fallback: join('.arc', 'core.db'),
    doc: 'SQLite file; created with its folder when absent. :memory: keeps nothing.',
    parse: text('a file path or :memory:'),
  }),
  row({
    key: 'forward',
    env: 'ARC_CORE_FORWARD',
    flag: '--forward <url>',
    fallback: undefined,
    doc: 'OTLP endpoint that gets a copy of every export, e.g. http://localhost:4317 of Jaeger.',
    parse: httpUrl,
  }),
  row({
    key: 'forwardProtocol',
    env: 'ARC_CORE_FORWARD_PROTOCOL',
    flag: '--forward-protocol <protocol>',
    fallback: 'grpc',
    doc: 'Protocol of that endpoint: grpc or http.',
    parse: protocol,
  }),
  row({
    key: 'allowedHosts',
    env: 'ARC_CORE_ALLOWED_HOSTS',
    flag: '--allowed-hosts <names>',
    fallback: [],
    doc: 'Further host names the pages answer to, comma-separated, e.g. the name of a container.',
    parse: list,
  }),
]);

/** Options with the origin of each; `env` stands for the environment, `code` for flags and code. */
export interface ResolvedCoreOptions {
  readonly options: CoreOptions;
  readonly settings: readonly SettingStatus[];
}

/**
 * Merges flags or code over environment over defaults.
 * @throws {ArcError} `ARC_CONFIG_INVALID`, naming the setting, the rule and the value.
 * @example resolveCoreOptions({ webPort: 9090 }, {}).options.webPort // 9090
 */
export function resolveCoreOptions(
  given: Readonly<Partial<Record<keyof CoreOptions, unknown>>>,
  env: Readonly<Record<string, string | undefined>>,
): ResolvedCoreOptions {
  const values: Partial<Record<keyof CoreOptions, unknown>> = {};
  const settings = CORE_OPTIONS.map(({ key, env: name, flag, fallback, parse }): SettingStatus => {
    const origin = given[key] !== undefined ? 'code' : env[name] ? 'env' : 'default';
    const value =
      origin === 'code'
        ? parse(given[key], `${key} (${flag.split(' ')[0]})`)
        : origin === 'env'
          ? parse(env[name], name)
          : fallback;
    values[key] = value;
    return { key, value: value === undefined ? 'none' : String(value), origin };
  });
  // Every key of CoreOptions has a row; a test holds that.
  return { options: values as unknown as CoreOptions, settings };
}

function text(rule: string) {
  return (value: unknown, field: string): string => {
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    throw invalidSetting(field, rule, value);
  };
}

function port(value: unknown, field: string): number {
  const number = typeof value === 'string' && /^\d{1,5}$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 65_535)
    return number;
  throw invalidSetting(field, 'an integer from 0 to 65535', value);
}

function httpUrl(value: unknown, field: string): URL {
  const url =
    value instanceof URL
      ? value
      : typeof value === 'string' && URL.canParse(value)
        ? new URL(value)
        : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw invalidSetting(field, 'an http or https URL such as http://localhost:4317', value);
}

function protocol(value: unknown, field: string): ForwardProtocol {
  if (value === 'grpc' || value === 'http') return value;
  throw invalidSetting(field, 'grpc or http', value);
}

function list(value: unknown, field: string): readonly string[] {
  const items: unknown = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(items) || !items.every((item): item is string => typeof item === 'string')) {
    throw invalidSetting(field, 'a list of host names', value);
  }
  return items.map((item) => item.trim().toLowerCase()).filter((item) => item !== '');
}
