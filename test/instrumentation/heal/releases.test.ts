import { join } from 'node:path';
import type { OpenAI } from 'openai';
import { REPO_ROOT } from '../../helpers/repo-root.js';
import { sdkTest } from '../../helpers/sdk-test.js';
import { fromSdks } from '../../helpers/sdks.js';
import { chat, eventOf, onStrict } from './strict-provider.js';

const { rig, strict } = onStrict();

/** Clients whose calls give an `APIPromise`, by the module and where the SDK looks for chat completions. */
const CLIENTS: readonly (readonly [release: string, module: string, path: string])[] = [
  ['openai 4', version('openai4', 'openai'), '/v1'],
  ['openai 5', version('openai5', 'openai'), '/v1'],
  ['openai 6', version('openai6', 'openai'), '/v1'],
  ['openai 7', join(REPO_ROOT, 'node_modules', 'openai'), '/v1'],
  ['groq-sdk', 'groq-sdk', ''],
  ['together-ai', 'together-ai', '/v1'],
  ['anthropic 0.2', version('anthropic0', '@anthropic-ai/sdk'), ''],
  ['anthropic 0.30', version('anthropic030', '@anthropic-ai/sdk'), ''],
  ['anthropic 0.60', version('anthropic060', '@anthropic-ai/sdk'), ''],
  ['anthropic 1', join(REPO_ROOT, 'node_modules', '@anthropic-ai', 'sdk'), ''],
];

function version(folder: string, name: string): string {
  return join(REPO_ROOT, 'test', 'sdks', 'versions', folder, 'node_modules', name);
}

type Call = ReturnType<OpenAI['chat']['completions']['create']>;

/** The ways to read one. */
const WAYS: Readonly<Record<string, (call: Call) => Promise<unknown>>> = {
  await: async (call) => call,
  parse: async (call) => (call as unknown as { parse(): Promise<unknown> }).parse(),
  asResponse: async (call) => (await call.asResponse()).json(),
  withResponse: async (call) => (await call.withResponse()).data,
};

for (const [release, module, path] of CLIENTS) {
  sdkTest(`heal: ${release}, by every way to read its promise`, async (t) => {
    const Client = (fromSdks(module) as { default: typeof OpenAI }).default;
    const made = new Client({ apiKey: 'none', baseURL: strict.url + path, maxRetries: 0 });
    const client = rig().arc.wrap(made) as unknown as Record<
      string,
      OpenAI['chat']['completions'] | undefined
    >;
    const completions = client['messages'] ?? (client as unknown as OpenAI).chat.completions;
    for (const [way, read] of Object.entries(WAYS)) {
      strict.bodies.length = 0;
      const request = { ...chat, model: `house-${way}`, max_tokens: 9 };
      const answer = await read(completions.create(request));
      t.is((answer as { model: string }).model, 'house-1', way);
      t.deepEqual(
        strict.bodies.map(({ top_p: topP }) => topP),
        [0.5, undefined],
        way,
      );
      const [span, ...others] = rig().spans();
      t.deepEqual(others, [], way);
      t.is(eventOf(span)?.['arc.heal.outcome'], 'healed', way);
      t.is(span?.status.code, 0, way);
    }
  });
}
