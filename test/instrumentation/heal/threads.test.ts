import test from 'ava';
import { nodeBinaries } from '../../helpers/node-binaries.js';
import { runExample } from '../../helpers/run-example.js';

const FIELDS = ['tenant', 'squad'];

for (const { name, path } of nodeBinaries()) {
  test.serial(
    `heal in threads on ${name}: what one has learned, all know, and none is kept alive`,
    async (t) => {
      const { result, models } = await runExample(t, {
        command: path,
        args: ['--require', 'arc/otel-register', 'test/programs/heal-threads.cjs'],
        env: { ARC_HEAL: 'true', OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' },
      });
      t.is(result.stderr, '');
      t.is(result.stdout, 'ends 0 0, lessons 2\n');
      t.is(result.code, 0);
      const refused = models.requests.filter(({ status }) => status === 400);
      t.deepEqual(
        refused.map(({ body }) => Object.keys(body as object).find((key) => FIELDS.includes(key))),
        FIELDS,
        'each is refused once',
      );
      t.is(models.requests.length, 8, 'six calls, two of them twice');
    },
  );
}
