import type { Attributes } from '@opentelemetry/api';
import test, { type ExecutionContext } from 'ava';
import { withArcContext, type ArcInstrumentationConfig } from '../../src/index.js';
import { contentValue } from '../../src/instrumentation/content.js';
import { messageFaults, partFaults, toolFaults } from '../golden/message-schema.js';
import { SPAN_ATTRIBUTES } from '../golden/semconv-4a.js';
import { hasType } from '../helpers/semconv.js';
import { createRig, type Rig } from '../helpers/rig.js';

const EVENT = 'gen_ai.client.inference.operation.details';
const CONTENT = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
];
const question = {
  model: 'claude-sonnet-4-6',
  max_tokens: 64,
  system: 'Be brief.',
  messages: [{ role: 'user' as const, content: 'Write to Jane Doe.' }],
  tools: [{ name: 'look', input_schema: { type: 'object' as const } }],
};

let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false });
});
test.after.always(() => rig.close());

/** What one call emitted: the details, and what its span says. */
async function told(
  config: ArcInstrumentationConfig,
  call: () => PromiseLike<unknown>,
): Promise<{ readonly events: readonly Attributes[]; readonly span: Attributes }> {
  rig.arc.setConfig({ builtinPack: false, ...config });
  rig.spans();
  const before = rig.logs().length;
  await Promise.resolve(call()).catch(() => undefined);
  const events = rig
    .logs()
    .slice(before)
    .filter(({ eventName }) => eventName === EVENT);
  return { events: events.map(({ attributes }) => attributes), span: rig.spans()[0]?.attributes ?? {} };
}

const ask =
  (more: object = {}) =>
  () =>
    rig.anthropic().messages.create({ ...question, ...more });

function checkEvent(t: ExecutionContext, event: Attributes = {}): void {
  for (const [name, value] of Object.entries(event)) {
    const rule = SPAN_ATTRIBUTES[name];
    t.truthy(rule, `${name} is in the table`);
    const isContent = CONTENT.includes(name);
    t.true(isContent ? Array.isArray(value) : rule && hasType(value, rule.type), name);
  }
}

test.serial(
  'details: one event with all of the span, and the content in the form of the schemas',
  async (t) => {
    const { events, span } = await told({ contentEvents: true, captureContent: true }, ask());
    t.is(events.length, 1);
    const [event = {}] = events;
    checkEvent(t, event);
    t.deepEqual(messageFaults(event['gen_ai.input.messages']), []);
    t.deepEqual(messageFaults(event['gen_ai.output.messages']), []);
    t.deepEqual(partFaults(event['gen_ai.system_instructions']), []);
    t.deepEqual(toolFaults(event['gen_ai.tool.definitions']), []);
    for (const [name, value] of Object.entries(span)) {
      if (name.startsWith('arc.')) continue;
      t.deepEqual(event[name], CONTENT.includes(name) ? JSON.parse(String(value)) : value, name);
    }
  },
);

test.serial('details: as events alone, content is nowhere on the span', async (t) => {
  const { events, span } = await told({ contentEvents: true }, ask());
  t.is(events.length, 1);
  t.deepEqual(
    Object.keys(span).filter((name) => CONTENT.includes(name)),
    [],
  );
  t.notRegex(JSON.stringify(span), /Jane/);
  t.regex(JSON.stringify(events), /Jane/);
});

test.serial('details: a stream tells what it said, in its context', async (t) => {
  const stream = async () => {
    for await (const _event of await rig.anthropic().messages.create({ ...question, stream: true }));
  };
  const { events } = await told({ contentEvents: true }, () =>
    withArcContext({ conversation: 'c-1' }, stream),
  );
  const [event = {}] = events;
  checkEvent(t, event);
  t.like(event, { 'gen_ai.request.stream': true, 'gen_ai.conversation.id': 'c-1' });
  t.is(typeof event['gen_ai.response.time_to_first_chunk'], 'number');
  t.regex(JSON.stringify(event['gen_ai.output.messages']), /"type":"tool_call","id":"toolu_/);
});

test.serial('details: a failed call has its error, and no answer', async (t) => {
  const { events } = await told({ contentEvents: true }, ask({ max_tokens: -1 }));
  const [event = {}] = events;
  checkEvent(t, event);
  t.is(event['error.type'], 'BadRequestError');
  t.is(event['gen_ai.output.messages'], undefined);
});

test.serial('details: redacted as a span is, and left out when redact fails', async (t) => {
  const redact = (text: string): string => text.replaceAll('Jane', '[name]');
  const { events } = await told({ contentEvents: true, redact }, ask());
  t.notRegex(JSON.stringify(events), /Jane/);
  t.regex(JSON.stringify(events), /Write to \[name\] Doe/);
  const fail = (): string => {
    throw new Error('no');
  };
  const failed = await told({ contentEvents: true, redact: fail }, ask());
  t.is(failed.events[0]?.['gen_ai.input.messages'], '[left out: redact failed]');
});

test.serial('details: none when they are not asked for, none for embeddings', async (t) => {
  t.deepEqual((await told({ captureContent: true }, ask())).events, []);
  const embed = () => rig.openai().embeddings.create({ model: 'text-embedding-3-small', input: 'A river' });
  t.deepEqual((await told({ contentEvents: true }, embed)).events, []);
});

test.serial('details: where nobody collects logs, content is not even looked at', async (t) => {
  let looks = 0;
  const redact = (text: string): string => {
    looks += 1;
    return text;
  };
  const silent = { emit: () => t.fail('nobody listens'), enabled: () => false };
  rig.arc.setLoggerProvider({ getLogger: () => silent });
  await told({ contentEvents: true, redact }, ask());
  t.is(looks, 0);
});

const options = { captureContent: false, maxContentBytes: 256 };

test('contentValue: long texts are cut and lists end where the budget does', (t) => {
  const long = 'ü'.repeat(500);
  const value = contentValue(
    [{ parts: [{ content: 'first' }, { content: long }] }, { parts: ['never'] }],
    options,
  );
  const json = JSON.stringify(value);
  t.regex(json, /^\[\{"parts":\[\{"content":"first"\},\{"content":"ü+…\[cut at 256 bytes\]"\}\]\}\]$/);
  t.true(Buffer.byteLength(json) < 256 + 64);
  t.true(
    Buffer.byteLength(
      JSON.stringify(
        contentValue(
          'x'
            .repeat(9_999)
            .split('')
            .map((letter) => [letter]),
          options,
        ),
      ),
    ) < 320,
  );
  t.deepEqual(contentValue({ fits: [1, true, null] }, options), { fits: [1, true, null] });
});

test('contentValue: files are named, and what JSON cannot say does not throw', (t) => {
  t.deepEqual(contentValue([Buffer.from('abc')], options), ['[3 bytes omitted]']);
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  t.is(contentValue(cyclic, options), '[not serialisable]');
});
