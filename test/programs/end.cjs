'use strict';
/** Makes one call, then ends in the way the argument names. */
const { OpenAI } = require('openai');

const ways = {
  naturally() {},
  exit: () => process.exit(3),
  throw() {
    throw new Error('ended by an error');
  },
  wait: () => setInterval(() => {}, 1_000),
  listen() {
    process.on('SIGTERM', () => {
      console.log('the application saw SIGTERM');
      setTimeout(() => process.exit(7), 50);
    });
    setInterval(() => {}, 1_000);
  },
};

async function main() {
  await new OpenAI({ maxRetries: 0 }).chat.completions.create({
    model: 'gpt-4',
    messages: [{ role: 'user', content: 'hi' }],
    temperature: 0.95,
  });
  console.log('called');
  setImmediate(ways[process.argv[2]]);
}
main();
