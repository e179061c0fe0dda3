'use strict';
/** Makes as many calls as the argument says, all at once. */
const { OpenAI } = require('openai');

const client = new OpenAI({ maxRetries: 0 });
const ask = () =>
  client.chat.completions.create({
    model: 'gpt-4',
    messages: [{ role: 'user', content: 'hi' }],
    temperature: 0.95,
  });

Promise.all(Array.from({ length: Number(process.argv[2]) }, ask)).then((answers) =>
  console.log(`answered ${answers.length}`),
);
