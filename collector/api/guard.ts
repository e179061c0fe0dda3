import { isIP } from 'node:net';
import type { MiddlewareHandler } from '../ingest/hono.js';
import { problem } from './problem.js';

/** Names that mean this machine, whatever a resolver says. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Hosts that mean every address of this machine. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Which `Host` headers are answered. */
export interface HostRule {
  /** The host Arc Core listens on. */
  readonly host: string;
  /** Further names, in lower case. */
  readonly allowedHosts: readonly string[];
}

/**
 * Refuses requests whose `Host` is not this server's. A page on the web can point a name of its own at 127.0.0.1
 * ("DNS rebinding") and would then read telemetry through the visitor's browser; its requests still carry that name.
 * When listening on every address, literal addresses pass too: rebinding needs a name.
 */
export function checkHost(rule: HostRule): MiddlewareHandler {
  return async (context, next) => {
    const header = context.req.header('host') ?? '';
    const name = hostName(header);
    if (name !== undefined && isOwnHost(name, rule)) return next();
    const accepted = `localhost, 127.0.0.1, ${rule.host} or a name given with --allowed-hosts (ARC_CORE_ALLOWED_HOSTS)`;
    return context.json(problem('host_not_allowed', 'host', accepted, header), 403);
  };
}

/**
 * Refuses requests other than reads that a page of another origin sends. Browsers mark them with `Sec-Fetch-Site` and
 * `Origin`; programs such as the `arc` command send neither and pass.
 */
export function checkOrigin(): MiddlewareHandler {
  return async (context, next) => {
    if (SAFE_METHODS.has(context.req.method)) return next();
    const site = context.req.header('sec-fetch-site');
    const origin = context.req.header('origin');
    const host = context.req.header('host');
    const sameSite = site === undefined || site === 'same-origin' || site === 'none';
    const sameOrigin = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
    if (sameSite && sameOrigin) return next();
    return context.json(
      problem('origin_not_allowed', 'origin', 'the origin of this page', origin ?? site),
      403,
    );
  };
}

/** Nothing inline, nothing from elsewhere, no framing: telemetry is text of strangers. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

/** Sets the security headers on every answer, errors included. */
export function securityHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
  };
}

function hostName(header: string): string | undefined {
  const url = header !== '' && URL.canParse(`http://${header}`) ? new URL(`http://${header}`) : undefined;
  return url && url.username === '' && url.pathname === '/' ? url.hostname : undefined;
}

function isOwnHost(name: string, { host, allowedHosts }: HostRule): boolean {
  if (LOOPBACK.has(name) || name === host.toLowerCase() || allowedHosts.includes(name)) return true;
  return WILDCARDS.has(host) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}
