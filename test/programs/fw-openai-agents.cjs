// One run of an agent of the OpenAI Agents SDK with a tool, against the server in OPENAI_BASE_URL.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const load = createRequire(join(__dirname, '../frameworks/from-here.js'));
const { Agent, run, setTraceProcessors, tool } = load('@openai/agents');
const { z } = load('zod');

setTraceProcessors([]); // nothing goes to OpenAI
const weather = tool({
  name: 'weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
});
const agent = new Agent({ name: 'forecaster', model: 'gpt-4o', tools: [weather] });
run(agent, 'Hello there').then(({ finalOutput }) => console.log(finalOutput));
