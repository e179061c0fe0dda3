// One run of an agent of the Vercel AI SDK with a tool, against the server in OPENAI_BASE_URL. Argument: `ai5` or `ai6`.
const [, , release] = process.argv;
const frameworks = new URL('../frameworks/', import.meta.url);
const load = (path) => import(new URL(path, frameworks).href);
const { generateText, stepCountIs, tool } = await load(`versions/${release}/node_modules/ai/dist/index.mjs`);
const { createOpenAI } = await load(`versions/${release}-openai/node_modules/@ai-sdk/openai/dist/index.mjs`);
const { z } = await load('node_modules/zod/index.js');

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
