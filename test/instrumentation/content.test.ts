import test from 'ava';
import { contentJson } from '../../src/instrumentation/content.js';
import { createRig, type Rig } from '../helpers/rig.js';

const options = { captureContent: true, maxContentBytes: 4_096 };
const png = Buffer.from(Array.from({ length: 900 }, (_, index) => (index * 37) % 256)).toString('base64');

test('contentJson: data URLs are named, inside a text as well', (t) => {
  const url = `data:image/png;base64,${png}`;
  t.is(
    contentJson({ content: `Look: ${url} and ![](data:image/svg+xml;charset=utf8,%3Csvg%3E) here` }, options),
    `{"content":"Look: [image/png omitted, ${url.length} characters] and ![]([image/svg+xml omitted, 41 characters]) here"}`,
  );
});

test('contentJson: encoded files and bytes are named, long words are kept', (t) => {
  const word = 'x'.repeat(900);
  t.is(contentJson([png], options), `["[base64 omitted, ${png.length} characters]"]`);
  t.is(contentJson([word, 'data: none'], options), `["${word}","data: none"]`);
  t.is(
    contentJson({ file: Buffer.from('abc'), samples: new Float32Array(4) }, options),
    '{"file":"[3 bytes omitted]","samples":"[16 bytes omitted]"}',
  );
});

test('contentJson: the end is cut at the byte budget, between characters', (t) => {
  const small = { ...options, maxContentBytes: 256 };
  for (const padding of ['', 'a', 'aa', 'aaa']) {
    const json = contentJson([padding + '€'.repeat(5_000), 'never reached'], small);
    t.regex(json, /^\["a{0,3}€+…\[cut at 256 bytes\]$/);
    t.true(Buffer.byteLength(json) <= 256 + Buffer.byteLength('…[cut at 256 bytes]'));
  }
  t.is(contentJson(['fits'], small), '["fits"]');
});

test('contentJson: what JSON cannot say does not throw', (t) => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  t.is(contentJson(cyclic, options), '"[not serialisable]"');
  t.is(contentJson({ count: 10n }, options), '{"count":"10"}');
  t.is(contentJson(undefined, options), 'null');
});

test('contentJson: redact sees each whole text, and its failure leaves the content out', (t) => {
  const redact = (text: string): string => text.replaceAll('Jane', '[name]');
  const long = `${'-'.repeat(250)}Jane`;
  t.is(
    contentJson({ a: 'Jane', b: ['Jane Doe'] }, { ...options, redact }),
    '{"a":"[name]","b":["[name] Doe"]}',
  );
  t.notRegex(contentJson([long], { ...options, maxContentBytes: 256, redact }), /J/);
  const failing = (): string => {
    throw new Error('no');
  };
  t.is(contentJson(['Jane'], { ...options, redact: failing }), '"[left out: redact failed]"');
  t.is(
    contentJson(['Jane'], { ...options, redact: (() => undefined) as unknown as () => string }),
    '"[left out: redact failed]"',
  );
});

let rig: Rig;
test.before(async () => {
  rig = await createRig();
});
test.after.always(() => rig.close());

const secret = {
  model: 'gpt-4',
  temperature: 0.95,
  messages: [{ role: 'user' as const, content: 'Write to Jane Doe.' }],
};

test.serial('redact: nothing it took out reaches the span, the request keeps it', async (t) => {
  rig.arc.registerPattern({
    pattern: { model: 'gpt-4' },
    fix: [{ suffix: { role: 'user', text: ' Jane waits.' } }],
  });
  rig.arc.setConfig({ captureContent: true, redact: (text) => text.replaceAll('Jane', '[name]') });
  await rig.openai().chat.completions.create(secret);
  const [span] = rig.spans();
  t.regex(String(span?.attributes['gen_ai.input.messages']), /Write to \[name\] Doe/);
  t.regex(String(span?.attributes['arc.request.changes']), /\[name\] waits/);
  t.notRegex(JSON.stringify(span?.attributes), /Jane/);
  t.regex(String(rig.models.requests.at(-1)?.rawBody), /Jane Doe/);
});

test.serial('redact: when it throws the content is left out and the call goes on', async (t) => {
  rig.arc.setConfig({
    captureContent: true,
    redact: () => {
      throw new Error('no');
    },
  });
  const answer = await rig.openai().chat.completions.create(secret);
  t.is(answer.object, 'chat.completion');
  const [span] = rig.spans();
  t.is(span?.attributes['gen_ai.input.messages'], '"[left out: redact failed]"');
  t.is(typeof span?.attributes['gen_ai.usage.output_tokens'], 'number');
});

test.serial('redact: anything but a function is refused', (t) => {
  const error = t.throws(() => rig.arc.setConfig({ redact: 'Jane' as unknown as (text: string) => string }));
  t.is(error.message, 'redact: must be a function, received "Jane"');
});
