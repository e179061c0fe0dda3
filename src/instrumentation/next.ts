import { relative } from 'node:path';
import { NODE_FLOOR, isSupportedNode } from '../contract/node-floor.js';
import { PACKAGE_ROOT } from '../contract/package-info.js';
import { ADAPTERS } from './adapters/registry.js';
import { environment, isSet } from './environment.js';
import { FRAMEWORK_PACKAGES, PROTOCOL_PACKAGES } from './frameworks/packages.js';
import { hookRenamedPackages } from './turbopack.js';

/** The part of a Next.js configuration that {@link withArc} completes. */
export interface NextConfigPart {
  /** Packages that Next.js loads from `node_modules` instead of bundling them. */
  readonly serverExternalPackages?: readonly string[] | undefined;
  /** Files that `output: 'standalone'` copies, by route. */
  readonly outputFileTracingIncludes?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What Arc patches while it is loaded, and what must be one copy in a process. */
const EXTERNAL: readonly string[] = [
  ...new Set([
    'arc',
    '@opentelemetry/api',
    ...ADAPTERS.map(({ module }) => module),
    ...[...FRAMEWORK_PACKAGES, ...PROTOCOL_PACKAGES].map(({ module }) => module),
  ]),
];

/** Every route, as `outputFileTracingIncludes` has it. */
const ALL_ROUTES = '/**';

/** What {@link withArc} adds, as Next.js types it. */
export interface CompletedConfig {
  serverExternalPackages: string[];
  outputFileTracingIncludes: Record<string, string[]>;
}

/**
 * Starts Arc in a Next.js server; Next.js calls it once, before it loads the application.
 *
 * Does nothing while the application is built, with `ARC_DISABLE=1`, and in the edge runtime.
 * @example
 * // instrumentation.ts
 * export { register } from 'arc/next';
 */
export function register(): void {
  if (environment['NEXT_RUNTIME'] === 'edge' || isSet('ARC_DISABLE')) return;
  if (environment['NEXT_PHASE'] === 'phase-production-build') return;
  if (!isSupportedNode(process.versions.node)) {
    process.stderr.write(
      `arc: not started, the application runs without it. Arc needs Node ${NODE_FLOOR} or newer\n`,
    );
    return;
  }
  try {
    const { start } = require('./start.js') as typeof import('./start.js');
    start();
    hookRenamedPackages(EXTERNAL);
  } catch (error) {
    process.stderr.write(`arc: not started, the application runs without it. ${String(error)}\n`);
  }
}

/**
 * Completes a Next.js configuration: the SDKs stay outside the server's bundle, where Arc sees them load, and
 * `output: 'standalone'` takes along what Arc reads while it runs.
 * @returns a copy with `serverExternalPackages` and `outputFileTracingIncludes` completed.
 * @example
 * // next.config.mjs
 * import { withArc } from 'arc/next';
 * export default withArc({ reactStrictMode: true });
 */
export function withArc<const C extends object>(config: C & NextConfigPart): C & CompletedConfig {
  const { serverExternalPackages = [], outputFileTracingIncludes = {} } = config;
  const includes = Object.entries(outputFileTracingIncludes).map(
    ([route, files]) => [route, [...files]] as const,
  );
  const byRoute = Object.fromEntries(includes);
  const completed: CompletedConfig = {
    serverExternalPackages: [...new Set([...serverExternalPackages, ...EXTERNAL])],
    outputFileTracingIncludes: { ...byRoute, [ALL_ROUTES]: [...(byRoute[ALL_ROUTES] ?? []), ...readByArc()] },
  };
  return { ...config, ...completed };
}

/** What no trace of imports finds, relative to the folder of the application. */
function readByArc(): readonly string[] {
  // `module-hooks.ts` hides the hooks from bundlers; named like this, the trace finds them with all they import.
  const hooks = require.resolve('import-in-the-middle/register-hooks.mjs');
  const here = process.cwd();
  return [
    relative(here, hooks),
    `${relative(here, PACKAGE_ROOT)}/src/contract/proto/**`,
    `${relative(here, PACKAGE_ROOT)}/dist/src/instrumentation/exit-sender.js`,
    `${relative(here, PACKAGE_ROOT)}/dist/src/instrumentation/packs/pack-worker.js`,
  ];
}
