// One run of an agent of the Vercel AI SDK with a tool, against the server in OPENAI_BASE_URL.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const at = createRequire(new URL('../frameworks/from-here.js', import.meta.url));
const load = (name) => import(pathToFileURL(at.resolve(name)).href);
const { generateText, stepCountIs, tool } = await load('ai');
const { createOpenAI } = await load('@ai-sdk/openai');
const { z } = await load('zod');

const weather = tool({
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
});
const { text } = await generateText({
  model: createOpenAI({ apiKey: 'none' }).chat('gpt-4o'),
  prompt: 'Hello there',
  tools: { weather },
  stopWhen: stepCountIs(3),
});
console.log(text);
