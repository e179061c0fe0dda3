// One run of a prebuilt agent of LangGraph with a tool, against the server in OPENAI_BASE_URL.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const load = createRequire(join(__dirname, '../frameworks/from-here.js'));
const { createReactAgent } = load('@langchain/langgraph/prebuilt');
const { tool } = load('@langchain/core/tools');
const { ChatOpenAI } = load('@langchain/openai');
const { z } = load('zod');

const weather = tool(({ city }) => `sunny in ${city}`, {
  name: 'weather',
  description: 'The weather of a city.',
  schema: z.object({ city: z.string() }),
});
const agent = createReactAgent({
  llm: new ChatOpenAI({ model: 'gpt-4o', apiKey: 'none' }),
  tools: [weather],
});
agent
  .invoke({ messages: [{ role: 'user', content: 'Hello there' }] })
  .then(({ messages }) => console.log(messages.at(-1).content));
