import { existsSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { build } from 'esbuild';
import { startModelServer, type ModelServer } from '../../src/cli/demo/model-server.js';
import { startOtlpReceiver, type OtlpReceiver } from '../helpers/otlp-receiver.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { exampleEnv } from '../helpers/run-example.js';
import { runProgram, type ProgramResult } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';

/** The sources of what is bundled. */
export const PROGRAMS: string = join(REPO_ROOT, 'test', 'programs', 'bundles');
const FRAMEWORKS = join(REPO_ROOT, 'test', 'frameworks');
/** Whether webpack is installed. */
export const WEBPACK_HERE: boolean = existsSync(join(FRAMEWORKS, 'node_modules', 'webpack'));
if (!WEBPACK_HERE)
  console.warn(
    'webpack is not installed; `npm ci --prefix test/frameworks` installs it. Not tested with it.',
  );

/** What is bundled, and how. */
export interface BundleOptions {
  /** File name in {@link PROGRAMS}. */
  readonly program: string;
  readonly format: 'cjs' | 'esm';
  readonly minify?: boolean;
  /** Packages that stay outside. */
  readonly external?: readonly string[];
}

/**
 * CommonJS modules in an ES module bundle need a `require`, which esbuild does not make.
 * @see https://github.com/evanw/esbuild/issues/1921
 */
const BANNER =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** Bundles a program with esbuild. @returns the file. */
export async function bundleWithEsbuild(t: ExecutionContext, options: BundleOptions): Promise<string> {
  const { program, format, minify = false, external = [] } = options;
  const outfile = join(tempDir(t), format === 'esm' ? 'out.mjs' : 'out.cjs');
  const { warnings } = await build({
    entryPoints: [join(PROGRAMS, program)],
    bundle: true,
    platform: 'node',
    format,
    minify,
    external: [...external],
    outfile,
    logLevel: 'silent',
    ...(format === 'esm' && { banner: { js: BANNER } }),
  });
  t.deepEqual(warnings, []);
  return outfile;
}

/** The part of webpack the tests call. */
type Webpack = (options: object, done: (error: unknown, stats?: Stats) => void) => void;
interface Stats {
  hasErrors(): boolean;
  toString(): string;
}

/** Bundles a program with webpack as CommonJS. @returns the file. */
export function bundleWithWebpack(t: ExecutionContext, options: BundleOptions): Promise<string> {
  const webpack = createRequire(join(FRAMEWORKS, 'program.js'))('webpack') as Webpack;
  const dir = tempDir(t);
  const settings = {
    entry: join(PROGRAMS, options.program),
    target: 'node',
    mode: options.minify ? 'production' : 'development',
    devtool: false,
    output: { path: dir, filename: 'out.cjs' },
  };
  return new Promise((resolve, reject) => {
    webpack(settings, (error, stats) => {
      if (error || !stats || stats.hasErrors()) reject(new Error(stats?.toString() ?? String(error)));
      else resolve(join(dir, 'out.cjs'));
    });
  });
}

/** Gives a folder the checkout's packages, for what a bundle leaves outside. */
export function linkPackages(folder: string): void {
  symlinkSync(join(REPO_ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
}

/** A bundle that ran against the model server and an OTLP receiver. */
export interface BundleRun {
  readonly result: ProgramResult;
  readonly models: ModelServer;
  readonly receiver: OtlpReceiver;
}

/** Runs a program. @param env - added to the environment of the examples. */
export async function run(
  t: ExecutionContext,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<BundleRun> {
  const models = await startModelServer();
  t.teardown(models.close);
  const receiver = await startOtlpReceiver(t);
  const settings = {
    ...exampleEnv(models, receiver.grpcUrl),
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTLP_HTTP_URL: receiver.httpUrl,
    ...env,
  };
  return { result: await runProgram(t, { args, env: settings }), models, receiver };
}
