// One run of an agent of the Vercel AI SDK with a tool, against the server in OPENAI_BASE_URL. Argument: `ai5` or `ai6`.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const [, , release] = process.argv;
const from = (alias) => createRequire(join(__dirname, '../frameworks/versions', alias, 'from-here.js'));
const { generateText, stepCountIs, tool } = from(release)('ai');
const { createOpenAI } = from(`${release}-openai`)('@ai-sdk/openai');
const { z } = createRequire(join(__dirname, '../frameworks/from-here.js'))('zod');

const weather = tool({
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
});
generateText({
  model: createOpenAI({ apiKey: 'none' }).chat('gpt-4o'),
  prompt: 'Hello there',
  tools: { weather },
  stopWhen: stepCountIs(3),
}).then(({ text }) => console.log(text));
