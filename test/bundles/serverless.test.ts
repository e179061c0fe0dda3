import { join } from 'node:path';
import test from 'ava';
import { ARC } from '../../src/contract/names.js';
import { bundleWithEsbuild, PROGRAMS, run } from './bundle.js';

const PLATFORM = join(PROGRAMS, 'platform.cjs');
const answered = '1 200 A stand-in answer to "Hello".\n2 200 A stand-in answer to "Hello".\n';

test.serial(
  'serverless: flush sends the spans of a bundled handler before its process is stopped',
  async (t) => {
    const file = await bundleWithEsbuild(t, { program: 'handler.mjs', format: 'cjs', minify: true });
    const { result, models, receiver } = await run(t, [PLATFORM, file, '{"question":"Hello"}']);
    t.like(result, { signal: 'SIGKILL', stdout: answered, stderr: '' });
    t.deepEqual(
      models.requests.map(({ body }) => (body as { temperature: number }).temperature),
      [0.7, 0.7],
    );
    const spans = await receiver.waitFor('both spans', (seen) => seen.spans.length >= 2 && seen.spans);
    t.deepEqual(
      spans.map(({ name, attributes }) => [name, attributes[ARC.decision]]),
      [
        ['chat gpt-4', 'fix'],
        ['chat gpt-4', 'fix'],
      ],
    );
  },
);

test.serial('serverless: without flush the spans stay behind, so the test above would see it', async (t) => {
  const file = await bundleWithEsbuild(t, { program: 'handler.mjs', format: 'cjs' });
  const event = '{"question":"Hello","leaveUnsent":true}';
  const { result, receiver } = await run(t, [PLATFORM, file, event]);
  t.like(result, { signal: 'SIGKILL', stdout: answered });
  t.is(receiver.spans.length, 0);
});
