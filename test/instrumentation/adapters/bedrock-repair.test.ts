import type { ExecutionContext } from 'ava';
import { bothWays, endedSpans, outcomeOf, partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { importSdk } from '../../helpers/sdks.js';
import { waitUntil } from '../../helpers/wait-until.js';
import {
  CLAUDE,
  OPTIONS,
  claudeBody,
  converse,
  converseStream,
  invoke,
  invokeStream,
  nova,
  onBedrock,
  sdk,
  type Client,
  type CommandClass,
  type Exports,
} from './bedrock-bench.js';

const { rig, server, made, client } = onBedrock();

async function repairs(t: ExecutionContext, one: Client, Converse: CommandClass): Promise<void> {
  const input = Object.freeze({ ...nova(), inferenceConfig: Object.freeze({ temperature: 1.7, topP: 0.5 }) });
  const command = new Converse(input);
  const seen: unknown[] = [];
  const middleware = (next: (args: object) => unknown) => (args: { readonly input: object }) => {
    seen.push(args.input);
    return next(args);
  };
  command.middlewareStack.add(middleware, { step: 'initialize' });
  await one.send(command);
  t.deepEqual(server().requests.at(-1)?.body['inferenceConfig'], { temperature: 1, topP: 0.5 });
  t.is(command.input, input, "the caller's command is as it was");
  t.deepEqual(seen, [{ ...input, inferenceConfig: { temperature: 1, topP: 0.5 } }]);
  t.like(rig().spans()[0]?.attributes, { 'arc.decision': 'fix', 'gen_ai.request.temperature': 1 });
}

sdkTest(
  'bedrock repair: Converse sends the repaired input, the command and its middleware stay',
  async (t) => {
    await repairs(t, client(), sdk().ConverseCommand);
  },
);

sdkTest('bedrock repair: an ES module sends the repaired input', async (t) => {
  const exports = (await importSdk('@aws-sdk/client-bedrock-runtime')) as Exports;
  await repairs(t, made(exports.BedrockRuntimeClient), exports.ConverseCommand);
});

sdkTest('bedrock repair: a wrapped client sends the repaired input', async (t) => {
  rig().arc.disable();
  const one = client();
  t.is(rig().arc.wrap(one), one);
  rig().arc.enable();
  await repairs(t, one, sdk().ConverseCommand);
});

sdkTest('bedrock repair: what is sent is still a command of its class', async (t) => {
  const one = client();
  let sent: unknown;
  const middleware = (next: (args: unknown) => unknown, context: Readonly<Record<string, unknown>>) => {
    sent = Object.values(context).find(
      (value) => typeof value === 'object' && value && 'commandInstance' in value,
    );
    return next;
  };
  one.middlewareStack.add(middleware, { step: 'initialize' });
  await one.send(new (sdk().ConverseCommand)({ ...nova(), inferenceConfig: { temperature: 2 } }));
  const { commandInstance } = sent as { readonly commandInstance: unknown };
  t.true(commandInstance instanceof sdk().ConverseCommand);
});

sdkTest('bedrock repair: patterns for Anthropic apply to Claude by InvokeModel, text or bytes', async (t) => {
  const body = JSON.stringify({ ...claudeBody, temperature: 1.5 });
  const forms = [body, new TextEncoder().encode(body), Buffer.from(body)];
  for (const form of forms) {
    const command = new (sdk().InvokeModelCommand)({ modelId: CLAUDE, body: form });
    await client().send(command);
    t.deepEqual(server().requests.at(-1)?.body, { ...claudeBody, temperature: 1 });
    t.is(server().requests.at(-1)?.model, CLAUDE);
    t.is((command.input as { body: unknown }).body, form);
  }
  t.true(
    rig()
      .spans()
      .every(({ attributes }) => attributes['arc.decision'] === 'fix'),
  );
});

sdkTest('bedrock repair: a model by InvokeModel in its own terms', async (t) => {
  await client().send(invoke({ prompt: 'Hi', max_gen_len: 9_000 }, 'meta.llama3-8b-instruct-v1:0'));
  t.deepEqual(server().requests.at(-1)?.body, { prompt: 'Hi', max_gen_len: 2048 });
});

sdkTest('bedrock repair: a fix that would break the form of Converse is refused', async (t) => {
  rig().arc.registerPattern({
    pattern: { api: 'aws.bedrock.converse', modelId: 'amazon.nova-micro-v1:0' },
    fix: [{ prefix: { role: 'system', text: 'Be brief.' } }],
    id: 'test.prefix',
  });
  await client().send(converse('amazon.nova-micro-v1:0'));
  t.deepEqual(server().requests.at(-1)?.body['messages'], nova().messages);
  t.like(rig().spans()[0]?.attributes, { 'arc.decision': 'bypass', 'arc.bypass.reason': 'refused' });
});

sdkTest('bedrock stream: break aborts the request and ends the span', async (t) => {
  const { stream } = await client().send(converseStream('endless'));
  for await (const _event of stream) break;
  const [span] = rig().spans();
  t.deepEqual(span?.attributes['gen_ai.response.finish_reasons'], ['error']);
});

sdkTest('bedrock stream: one that nobody reads ends its span when it is collected', async (t) => {
  const one = client();
  await (async () => {
    await one.send(converseStream());
  })();
  t.is((await endedSpans(rig())).length, 1);
});

sdkTest('bedrock stream: an abort while it is read ends it as without Arc, and the span', async (t) => {
  const abort = async (): Promise<unknown> => {
    const controller = new AbortController();
    const { stream } = await client().send(converseStream('endless'), { abortSignal: controller.signal });
    const seen = [];
    for await (const event of stream) {
      if (seen.push(event) === 2) controller.abort();
    }
    await waitUntil('the server to see the abort', () => server().requests.at(-1)?.aborted);
    return seen;
  };
  const { bare, under, spans } = await bothWays(rig(), () => outcomeOf(abort()));
  t.deepEqual(under, bare);
  t.is(spans.length, 1);
});

sdkTest('bedrock content: off by default, on when asked for', async (t) => {
  const input = {
    ...nova(),
    system: [{ text: 'Be brief.' }],
    messages: [
      { role: 'user', content: [{ text: 'my secret plan' }, { image: { format: 'png', source: {} } }] },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 't1', name: 'look', input: { at: 1 } } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'seen' }] } }] },
    ],
  };
  const command = new (sdk().ConverseCommand)(input);
  await client().send(command);
  t.notRegex(JSON.stringify(rig().spans()[0]?.attributes), /secret plan/);
  rig().arc.setConfig({ ...OPTIONS, captureContent: true });
  await client().send(command);
  await partsOf((await client().send(converseStream())).stream);
  await partsOf((await client().send(invokeStream())).body);
  await client().send(invoke({ inputText: 'Hi' }, 'amazon.titan-text-express-v1'));
  rig().arc.setConfig(OPTIONS);
  const spans = rig().spans();
  const attributes = spans[0]?.attributes ?? {};
  t.deepEqual(JSON.parse(String(attributes['gen_ai.input.messages'])), [
    {
      role: 'user',
      parts: [
        { type: 'text', content: 'my secret plan' },
        { type: 'blob', modality: 'image', content: '[omitted]' },
      ],
    },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 't1', name: 'look', arguments: { at: 1 } }] },
    {
      role: 'user',
      parts: [{ type: 'tool_call_response', id: 't1', response: [{ type: 'text', content: 'seen' }] }],
    },
  ]);
  t.is(attributes['gen_ai.system_instructions'], '[{"type":"text","content":"Be brief."}]');
  for (const span of spans)
    t.regex(String(span.attributes['gen_ai.output.messages']), /"content":"The Rhine\."/);
});
