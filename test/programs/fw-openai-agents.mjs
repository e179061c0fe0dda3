// One run of an agent of the OpenAI Agents SDK with a tool, against the server in OPENAI_BASE_URL.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
const at = createRequire(new URL('../frameworks/from-here.js', import.meta.url));
const load = (name, from) => import(pathToFileURL(join(dirname(at.resolve(name)), from)).href);
const { Agent, run, setTraceProcessors, tool } = await load('@openai/agents', 'index.mjs');
const { z } = await load('zod', 'index.js');

setTraceProcessors([]); // nothing goes to OpenAI
const weather = tool({
  name: 'weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
});
const agent = new Agent({ name: 'forecaster', model: 'gpt-4o', tools: [weather] });
const { finalOutput } = await run(agent, 'Hello there');
console.log(finalOutput);
