import { invalidSetting } from './errors.js';

/**
 * `gen_ai.provider.name` by server, as the application names it. A server is a host (`vllm.internal`), a host with its port
 * (`localhost:1234`), either with a path (`gateway.internal/vllm`), or the beginning of a base URL. Of several that fit, the
 * longest counts.
 *
 * A server nobody named goes by its host where the conventions know it, otherwise by the SDK it is asked through: `openai`
 * for the OpenAI client. That is what the conventions ask for: the name tells the flavour of the telemetry, and
 * `server.address` the system in use. Patterns see the same name. So the repairs that hold for OpenAI alone reach a gateway
 * in front of OpenAI, and stop at a server that was given another name: `vllm.internal=vllm` takes them away, and
 * `gateway.internal=openai` asks for them.
 */
export type ProviderNames = Readonly<Record<string, string>>;

const RULE =
  'server=provider: a host, host:port or http(s) URL without query or credentials, and a name of letters, digits, ".", "_" and "-"';
const NAME = /^[\w.-]+$/;
const SERVER =
  /^(?:(?<scheme>https?):\/\/)?(?<host>\[[\da-f:.]+\]|[^/:?#@\s[\]]+)(?::(?<port>\d{1,5}))?(?<path>\/[^?#\s]*)?$/i;
const MAX_PORT = 65_535;

/**
 * Reads `server=provider` pairs, comma-separated, or an object of them.
 * @returns the names by server in one spelling, frozen.
 * @throws {ArcError} `ARC_CONFIG_INVALID`, with the pair that breaks the rule.
 * @example providerNames('vllm.internal:8000=vllm, localhost:1234=lmstudio', 'ARC_PROVIDERS')
 * // { 'vllm.internal:8000': 'vllm', 'localhost:1234': 'lmstudio' }
 */
export function providerNames(value: unknown, field: string): ProviderNames {
  const names: Record<string, string> = {};
  for (const [server, provider] of pairsOf(value, field)) {
    const spelt = spellServer(server);
    if (spelt === undefined || typeof provider !== 'string' || !NAME.test(provider)) {
      throw invalidSetting(
        field,
        RULE,
        typeof provider === 'string' ? `${server}=${provider}` : { [server]: provider },
      );
    }
    names[spelt] = provider;
  }
  return Object.freeze(names);
}

/** The name given to the server behind a base URL; undefined when none fits. */
export function providerAt(
  names: ProviderNames,
  { protocol, hostname, port, pathname }: URL,
): string | undefined {
  let best = '';
  const portInUse = port === '' ? standardPort(protocol) : port;
  for (const server of Object.keys(names)) {
    if (server.length <= best.length) continue;
    const host = server.includes('://')
      ? `${protocol}//${hostname}:${portInUse}`
      : server.startsWith(`${hostname}:`)
        ? `${hostname}:${portInUse}`
        : hostname;
    // The slash keeps `/vllm` from fitting `/vllm-2`.
    if (`${host}${pathname}/`.startsWith(`${server}/`)) best = server;
  }
  return names[best];
}

/** As `arc doctor` shows it and the variable takes it. */
export function showProviderNames(names: ProviderNames): string {
  return Object.entries(names)
    .map((pair) => pair.join('='))
    .join(',');
}

function pairsOf(value: unknown, field: string): readonly (readonly [server: string, provider: unknown])[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  if (typeof value !== 'string') throw invalidSetting(field, `an object or a list of ${RULE}`, value);
  const entries = value.split(',').map((entry) => entry.trim());
  return entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      const at = entry.lastIndexOf('=');
      return [entry.slice(0, Math.max(at, 0)).trim(), entry.slice(at + 1).trim()];
    });
}

/** One spelling: lower-case host, port always with a scheme, no slash at the end. */
function spellServer(server: string): string | undefined {
  const { scheme, host = '', port, path = '' } = SERVER.exec(server)?.groups ?? {};
  if (!URL.canParse(`http://${host}`) || Number(port ?? 1) > MAX_PORT || Number(port ?? 1) === 0)
    return undefined;
  const { hostname } = new URL(`http://${host}`);
  const protocol = scheme?.toLowerCase();
  const number = port ?? (protocol && standardPort(`${protocol}:`));
  return `${protocol ? `${protocol}://` : ''}${hostname}${number ? `:${Number(number)}` : ''}${path.replace(/\/+$/, '')}`;
}

function standardPort(protocol: string): string {
  return protocol === 'http:' ? '80' : '443';
}
