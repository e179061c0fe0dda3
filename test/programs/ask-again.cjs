'use strict';
/** Asks the same question over and over, and prints when each request left and with which top_p. */
const { OpenAI } = require('openai');

const EVERY_MS = 25;
const client = new OpenAI({
  maxRetries: 0,
  fetch(url, init) {
    console.log(JSON.stringify({ at: Date.now(), sent: JSON.parse(init.body).top_p }));
    return fetch(url, init);
  },
});

async function main() {
  await client.chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'hi' }],
    top_p: 0.31,
  });
  setTimeout(main, EVERY_MS);
}
main();
