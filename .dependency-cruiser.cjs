// The layers, the doors and the hot path, as rules. ARCHITECTURE.md says why.
'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Third-party packages and the only files that may import them at run time. Types may be imported anywhere. A package
 * that is missing here may be imported nowhere, so a new dependency needs a row.
 */
const DOORS = {
  '@grpc/grpc-js': ['^collector/ingest/grpc'],
  '@grpc/proto-loader': ['^src/wire/protobuf\\.ts$'],
  '@hono/node-server': ['^collector/ingest/http-server\\.ts$'],
  '@opentelemetry/core': ['^src/instrumentation/(exit-sender|trace-exporter|telemetry)\\.ts$'],
  '@opentelemetry/exporter-[a-z-]+': ['^src/instrumentation/(trace-exporter|telemetry)\\.ts$'],
  '@opentelemetry/instrumentation': [
    '^src/instrumentation/(arc-instrumentation|file-definition|global-registration)\\.ts$',
  ],
  '@opentelemetry/otlp-[a-z-]+': ['^src/instrumentation/exit-(sender|flush)\\.ts$'],
  '@opentelemetry/resources': ['^src/instrumentation/telemetry\\.ts$'],
  '@opentelemetry/sdk-[a-z-]+': ['^src/instrumentation/telemetry\\.ts$'],
  'bloom-filters': ['^src/patterns/index/bloom-builder\\.ts$'],
  commander: ['^src/cli/(main|program)\\.ts$'],
  hono: ['^collector/(api|control|ingest|web)/'],
  'import-in-the-middle': ['^src/instrumentation/module-hooks\\.ts$'],
  re2js: ['^src/patterns/regex\\.ts$'],
  shimmer: ['^src/instrumentation/(patch|global-registration)\\.ts$'],
  ws: ['^src/instrumentation/control/websocket\\.ts$', '^collector/control/websocket-server\\.ts$'],
  yaml: ['^src/patterns/yaml[a-z-]*\\.ts$'],
};

/** Node modules that reach outside the process or its memory. */
const IO =
  '^(node:)?(fs|net|http|https|http2|dns|dgram|tls|child_process|cluster|worker_threads|inspector|sqlite|readline|repl|stream|zlib)(/|$)';

const L0 = '^src/contract/';
const L1 = '^src/(patterns|fixes|wire)/';
const L2 = '^src/(instrumentation/|index\\.|wrap\\.|testing\\.|otel-register\\.)';
const L3 = '^collector/(ingest|store|control|analyse|recommend|packs)/';
const L4 = '^collector/(main|config|component|api|web)';
const L5 = '^src/cli/';

/** Files whose first line says HOT: they run on every call. */
function hotFiles(folder) {
  return readdirSync(join(process.cwd(), folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter(
      (path) => path.endsWith('.ts') && /^\/\/.*\bHOT\b/.test(readFileSync(path, 'utf8').split('\n', 1)[0]),
    );
}

const hot = ['src', 'collector'].flatMap(hotFiles).map((path) => `^${path.replaceAll('.', '\\.')}$`);
const packagePath = (name) => `(^|/)node_modules/${name}/`;
const layer = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    layer('layer-0', L0, [L1, L2, L3, L4, L5], 'src/contract imports nothing of Arc.'),
    layer('layer-1', L1, [L2, L3, L4, L5], 'Patterns, fixes and wire know only the contract.'),
    layer('layer-2', L2, [L3, L4, L5], 'The instrumentation meets Arc Core on the wire only.'),
    layer('layer-3', L3, [L2, L4, L5], "Arc Core's parts know neither its front nor the instrumentation."),
    layer(
      'layer-4',
      L4,
      [L2, L5],
      "Arc Core's front knows neither the command line nor the instrumentation.",
    ),
    layer('no-tests', '^(src|collector)/', '^(test|examples)/', 'What ships does not import tests.'),
    {
      name: 'pure',
      severity: 'error',
      comment: 'Layer 1 does no I/O and knows no OpenTelemetry; `fs`, `net` and the like belong above it.',
      from: { path: '^src/(patterns|fixes)/' },
      to: { path: [IO, packagePath('@opentelemetry')] },
    },
    {
      name: 'hot-no-io',
      severity: 'error',
      comment: 'A hot file runs on every call and imports no I/O.',
      from: { path: hot },
      to: { path: IO },
    },
    {
      name: 'hot-no-third-party',
      severity: 'error',
      comment: 'A hot file imports no package but @opentelemetry/api.',
      from: { path: hot },
      to: {
        path: 'node_modules/',
        pathNot: packagePath('@opentelemetry/api'),
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'No cycles; a type both sides need goes into a third file.',
      from: { path: '^(src|collector)/' },
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'An import that leads nowhere. What the build writes is not there in the source.',
      from: { path: '^(src|collector)/' },
      to: { couldNotResolve: true, pathNot: '/packs/index\\.js$' },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: 'What ships needs only dependencies and peers.',
      from: { path: '^(src|collector)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only', 'npm-peer'],
      },
    },
    {
      name: 'door-missing',
      severity: 'error',
      comment: 'A package without a row in DOORS: give it one file that imports it, and a row.',
      from: { path: '^(src|collector)/' },
      to: {
        path: 'node_modules/',
        pathNot: ['@opentelemetry/api', ...Object.keys(DOORS)].map(packagePath),
        dependencyTypesNot: ['type-only'],
      },
    },
    ...Object.entries(DOORS).map(([name, doors]) => ({
      name: `door-${name}`,
      severity: 'error',
      comment: `${name} is imported by its door only.`,
      from: { path: '^(src|collector)/', pathNot: doors },
      to: { path: packagePath(name), dependencyTypesNot: ['type-only'] },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|examples|test/programs|test/runtimes)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.d.ts'],
    },
  },
};
