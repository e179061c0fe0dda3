import test from 'ava';
import { createRig, type Rig } from '../helpers/rig.js';

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const tools = [
  {
    type: 'function' as const,
    function: { name: 'weather.now', description: 'Weather of a city.', parameters },
  },
];
const request = {
  model: 'gpt-4o',
  messages: [{ role: 'user' as const, content: 'What is the weather in Turin?' }],
  tools,
  tool_choice: { type: 'function' as const, function: { name: 'weather.now' } },
};

let rig: Rig;
test.before(async () => {
  rig = await createRig();
});
test.after.always(() => rig.close());

/** Names of the tools the server was offered last. */
function offered(): readonly string[] {
  const body = rig.models.requests.at(-1)?.body as { tools: { function: { name: string } }[] };
  return body.tools.map(({ function: { name } }) => name);
}

test.serial('tool names: what is refused is sent under another name, and called by its own', async (t) => {
  const answer = await rig.openai().chat.completions.create(request);
  t.deepEqual(offered(), ['weather_now']);
  const [call] = answer.choices[0]?.message.tool_calls ?? [];
  t.is(call?.type === 'function' ? call.function.name : undefined, 'weather.now');
  t.is(request.tools[0]?.function.name, 'weather.now');
});

test.serial('tool names: the chunks of a stream have them too', async (t) => {
  const stream = await rig.openai().chat.completions.create({ ...request, stream: true });
  const names: unknown[] = [];
  for await (const { choices } of stream) names.push(choices[0]?.delta.tool_calls?.[0]?.function?.name);
  t.deepEqual([...new Set(names.filter((name) => typeof name === 'string'))], ['weather.now']);
});

test.serial('tool names: a bare fetch, whose answer is read elsewhere, keeps its request', async (t) => {
  const response = await fetch(`${rig.models.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer test' },
    body: JSON.stringify(request),
  });
  await response.text();
  t.deepEqual(offered(), ['weather.now']);
});
