import test from 'ava';
import { bundleWithWebpack, run, WEBPACK_HERE } from './bundle.js';
import { checkAnswers, checkSpans, OTEL_OUTSIDE } from './checks.js';

const webpackTest = WEBPACK_HERE ? test.serial : test.serial.skip;

for (const minify of [false, true]) {
  const mode = minify ? 'production' : 'development';

  webpackTest(
    `webpack ${mode}: arc/wrap repairs and reports to OpenTelemetry outside the bundle`,
    async (t) => {
      const file = await bundleWithWebpack(t, { program: 'wrapped.mjs', format: 'cjs', minify });
      const { result, models, receiver } = await run(t, [...OTEL_OUTSIDE, file]);
      checkAnswers(t, result, models);
      await checkSpans(t, receiver, { errorType: minify ? '400' : 'BadRequestError' });
    },
  );
}

webpackTest('webpack: arc/otel-register inside repairs what goes through fetch, and exports', async (t) => {
  const file = await bundleWithWebpack(t, { program: 'registered.mjs', format: 'cjs' });
  const { result, models, receiver } = await run(t, [file]);
  checkAnswers(t, result, models);
  await checkSpans(t, receiver, { errorType: '400' });
});
