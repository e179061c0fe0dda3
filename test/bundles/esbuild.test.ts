import { dirname } from 'node:path';
import test from 'ava';
import { bundleWithEsbuild, linkPackages, run, type BundleOptions } from './bundle.js';
import { checkAnswers, checkSpans, OTEL_OUTSIDE } from './checks.js';

type Shape = Pick<BundleOptions, 'format' | 'minify'>;
const SHAPES: readonly Shape[] = [{ format: 'cjs' }, { format: 'esm' }, { format: 'cjs', minify: true }];
const titleOf = ({ format, minify }: Shape) => `esbuild ${format}${minify ? ' minified' : ''}`;

for (const shape of SHAPES) {
  test.serial(
    `${titleOf(shape)}: arc/wrap repairs and reports to OpenTelemetry outside the bundle`,
    async (t) => {
      const file = await bundleWithEsbuild(t, { program: 'wrapped.mjs', ...shape });
      const { result, models, receiver } = await run(t, [...OTEL_OUTSIDE, file]);
      checkAnswers(t, result, models);
      await checkSpans(t, receiver, { errorType: shape.minify ? '400' : 'BadRequestError' });
    },
  );

  test.serial(
    `${titleOf(shape)}: arc/wrap repairs and reports to OpenTelemetry inside the bundle`,
    async (t) => {
      const file = await bundleWithEsbuild(t, { program: 'wrapped-own-otel.mjs', ...shape });
      const { result, models, receiver } = await run(t, [file]);
      checkAnswers(t, result, models);
      await checkSpans(t, receiver, { errorType: shape.minify ? '400' : 'BadRequestError' });
    },
  );

  test.serial(`${titleOf(shape)}: arc/wrap repairs where there is no OpenTelemetry`, async (t) => {
    const file = await bundleWithEsbuild(t, { program: 'wrapped.mjs', ...shape });
    const { result, models } = await run(t, [file]);
    checkAnswers(t, result, models);
  });

  test.serial(
    `${titleOf(shape)}: arc/otel-register inside repairs what goes through fetch, and exports`,
    async (t) => {
      const file = await bundleWithEsbuild(t, { program: 'registered.mjs', ...shape });
      const { result, models, receiver } = await run(t, [file]);
      checkAnswers(t, result, models);
      await checkSpans(t, receiver, { errorType: '400' });
    },
  );
}

for (const format of ['cjs', 'esm'] as const) {
  test.serial(`esbuild ${format}: SDKs outside the bundle are patched as they load`, async (t) => {
    const external = ['openai', '@anthropic-ai/sdk'];
    const file = await bundleWithEsbuild(t, { program: 'plain.mjs', format, external });
    linkPackages(dirname(file));
    const { result, models, receiver } = await run(t, ['--require', 'arc/otel-register', file]);
    checkAnswers(t, result, models);
    await checkSpans(t, receiver, { errorType: 'BadRequestError' });
  });
}
