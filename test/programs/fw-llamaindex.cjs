// One run of an agent of LlamaIndex with a tool, against the server in OPENAI_BASE_URL. Argument: what is asked.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const load = createRequire(join(__dirname, '../frameworks/from-here.js'));
const { agent } = load('@llamaindex/workflow');
const { openai } = load('@llamaindex/openai');
const { tool } = load('@llamaindex/core/tools');
const { z } = load('zod');

const weather = tool({
  name: 'weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
});
const llm = openai({ model: 'gpt-4o', apiKey: 'none', baseURL: process.env.OPENAI_BASE_URL });
agent({ name: 'forecaster', llm, tools: [weather] })
  .run(process.argv[2] ?? 'Hello there')
  .then(({ data }) => console.log(data.result));
