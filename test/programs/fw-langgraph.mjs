// One run of a prebuilt agent of LangGraph with a tool, against the server in OPENAI_BASE_URL.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
const at = createRequire(new URL('../frameworks/from-here.js', import.meta.url));
const file = (name, path) => pathToFileURL(join(dirname(at.resolve(`${name}/package.json`)), path)).href;
const { createReactAgent } = await import(file('@langchain/langgraph', 'dist/prebuilt/index.js'));
const { tool } = await import(file('@langchain/core', 'dist/tools/index.js'));
const { ChatOpenAI } = await import(file('@langchain/openai', 'dist/index.js'));
const { z } = await import(file('zod', 'index.js'));

const weather = tool(({ city }) => `sunny in ${city}`, {
  name: 'weather',
  description: 'The weather of a city.',
  schema: z.object({ city: z.string() }),
});
const agent = createReactAgent({
  llm: new ChatOpenAI({ model: 'gpt-4o', apiKey: 'none' }),
  tools: [weather],
});
const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'Hello there' }] });
console.log(messages.at(-1).content);
