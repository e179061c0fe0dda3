'use strict';
/** Asks once itself and once in each of three threads, each for an agent of its own. */
const { once } = require('node:events');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { OpenAI } = require('openai');
const { withArcContext } = require('arc');

const ask = (agent) =>
  withArcContext({ agent, conversation: `c-${agent}` }, () =>
    new OpenAI({ maxRetries: 0 }).chat.completions.create({
      model: 'gpt-4',
      messages: [{ role: 'user', content: `I am ${agent}` }],
      temperature: 0.95,
    }),
  );

async function main() {
  // A thread does not see the values of the one that started it.
  const exits = await withArcContext({ pipeline: 'of the main thread' }, async () => {
    const ends = ['thread-1', 'thread-2', 'thread-3'].map((agent) =>
      once(new Worker(__filename, { workerData: agent }), 'exit'),
    );
    await ask('main');
    return Promise.all(ends);
  });
  console.log(`threads ended with ${exits.join(' ')}`);
}

if (isMainThread) void main();
else void ask(workerData).then();
