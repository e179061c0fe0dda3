import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { build } from 'esbuild';
import { withArc } from '../../src/next.js';
import { REPO_ROOT } from '../helpers/repo-root.js';
import { runProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';

test('withArc: SDKs stay outside, and what the application asked for stays', (t) => {
  const config = {
    reactStrictMode: true,
    serverExternalPackages: ['sharp', 'openai'],
    outputFileTracingIncludes: { '/**': ['./prompts/*'], '/ask': ['./data/*'] },
  };
  const before = structuredClone(config);
  const completed = withArc(config);
  t.deepEqual(config, before);
  t.true(completed.reactStrictMode);
  t.deepEqual(completed.serverExternalPackages.slice(0, 2), ['sharp', 'openai']);
  t.is(completed.serverExternalPackages.filter((name) => name === 'openai').length, 1);
  for (const name of ['arc', '@anthropic-ai/sdk', 'groq-sdk', '@opentelemetry/api', '@langchain/core'])
    t.true(completed.serverExternalPackages.includes(name), name);
  t.deepEqual(completed.outputFileTracingIncludes['/ask'], ['./data/*']);
  t.is(completed.outputFileTracingIncludes['/**']?.[0], './prompts/*');
});

const registered = test.macro<[Record<string, string>, string]>({
  async exec(t, env, expected) {
    const program = "require('arc/next').register(); console.log(require('arc').status()?.enabled)";
    const settings = { ARC_CONTROL_URL: 'none', OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' };
    const { stdout, stderr } = await runProgram(t, { args: ['-e', program], env: { ...settings, ...env } });
    t.is(stderr, '');
    t.is(stdout, `${expected}\n`);
  },
  title: (words) => `register: ${words ?? ''}`,
});
test('starts Arc in the server', registered, { NEXT_RUNTIME: 'nodejs' }, 'true');
test(
  'does nothing while the application is built',
  registered,
  { NEXT_PHASE: 'phase-production-build' },
  'undefined',
);
test('does nothing in the edge runtime', registered, { NEXT_RUNTIME: 'edge' }, 'undefined');
test('does nothing where Arc is disabled', registered, { ARC_DISABLE: '1' }, 'undefined');

test('arc/next: the edge runtime gets a file that imports nothing', async (t) => {
  const { metafile, outputFiles } = await build({
    stdin: { contents: "export { register } from 'arc/next';", resolveDir: REPO_ROOT },
    bundle: true,
    format: 'esm',
    conditions: ['edge-light'],
    write: false,
    metafile: true,
  });
  t.deepEqual(
    Object.keys(metafile.inputs).filter((file) => file !== '<stdin>'),
    ['dist/src/next-edge.js'],
  );
  t.notRegex(outputFiles[0]?.text ?? '', /node:/);
});

test('register: a package under the name Turbopack gives it is patched', async (t) => {
  const dir = tempDir(t);
  const renamed = join(dir, '.next', 'node_modules', 'openai-0123456789abcdef');
  mkdirSync(join(renamed, '..'), { recursive: true });
  symlinkSync(join(REPO_ROOT, 'node_modules', 'openai'), renamed, 'dir');
  const file = join(dir, '.next', 'chunk.mjs');
  writeFileSync(file, "export const { OpenAI } = await import('openai-0123456789abcdef');\n");
  const program = `
    require('arc/next').register();
    import(${JSON.stringify(file)}).then(({ OpenAI }) => {
      const { name } = OpenAI;
      const sdks = require('arc').status().sdks.map(({ module, format, targets }) =>
        [module, format, targets.every(({ patched }) => patched)]);
      console.log(JSON.stringify({ name, sdks }));
    });`;
  const env = { ARC_CONTROL_URL: 'none', OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' };
  const { stdout, stderr } = await runProgram(t, { args: ['-e', program], env });
  t.is(stderr, '');
  const sdks = [
    ['openai', 'esm', true],
    ['fetch', 'global', true],
  ];
  t.deepEqual(JSON.parse(stdout), { name: 'OpenAI', sdks });
});
