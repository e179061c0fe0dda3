import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { ModelServer } from '../../src/cli/demo/model-server.js';
import type { OtlpReceiver } from '../helpers/otlp-receiver.js';
import type { ProgramResult } from '../helpers/spawn-program.js';
import { PROGRAMS } from './bundle.js';

/** OpenTelemetry set up by the application, outside the bundle. */
export const OTEL_OUTSIDE: readonly string[] = ['--require', join(PROGRAMS, 'otel-setup.cjs')];

/** What `calls.mjs` prints and sends when its requests were repaired. */
export function checkAnswers(t: ExecutionContext, result: ProgramResult, models: ModelServer): void {
  const answer = 'A stand-in answer to "Hello".';
  t.is(result.stderr.slice(0, 2_000), ''); // an error shows the line it is in, which may be the whole bundle
  t.like(result, { code: 0, stdout: `${answer}\n${answer}\n${answer}\nrefused with 400\n` });
  const sent = models.requests.map(({ body }) => body as { model: string; temperature?: number });
  t.deepEqual(
    sent.map(({ model, temperature }) => [model, temperature]),
    [
      ['gpt-4', 0.7],
      ['gpt-4', 0.7],
      ['claude-sonnet-4-6', 1],
      ['no-such-model', undefined],
    ],
  );
}

/** One span for each call, whoever made the providers. @param expected - `error.type` of the refused call. */
export async function checkSpans(
  t: ExecutionContext,
  receiver: OtlpReceiver,
  expected: { readonly errorType: string },
): Promise<void> {
  const spans = await receiver.waitFor('a span of each call', (seen) => seen.spans.length >= 4 && seen.spans);
  t.deepEqual(
    spans.map(({ name, scope, attributes }) => [name, scope, attributes['arc.decision']]),
    [
      ['chat gpt-4', 'arc', 'fix'],
      ['chat gpt-4', 'arc', 'fix'],
      ['chat claude-sonnet-4-6', 'arc', 'fix'],
      ['chat no-such-model', 'arc', 'pass'],
    ],
  );
  t.is(spans[3]?.attributes['error.type'], expected.errorType);
}
