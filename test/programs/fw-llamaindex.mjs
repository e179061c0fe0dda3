// One run of an agent of LlamaIndex with a tool, against the server in OPENAI_BASE_URL.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
const at = createRequire(new URL('../frameworks/from-here.js', import.meta.url));
const load = (name) => import(pathToFileURL(join(dirname(at.resolve(name)), 'index.js')).href);
const { agent } = await load('@llamaindex/workflow');
const { openai } = await load('@llamaindex/openai');
const { tool } = await load('@llamaindex/core/tools');
const { z } = await load('zod');

const weather = tool({
  name: 'weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
});
const llm = openai({ model: 'gpt-4o', apiKey: 'none', baseURL: process.env.OPENAI_BASE_URL });
const { data } = await agent({ name: 'forecaster', llm, tools: [weather] }).run('Hello there');
console.log(data.result);
