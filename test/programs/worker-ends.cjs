'use strict';
/** Asks once in a thread, which then ends in the way the argument names; `terminate` waits for a SIGUSR2 first. */
const { once } = require('node:events');
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const { OpenAI } = require('openai');

async function inThread() {
  await new OpenAI({ maxRetries: 0 }).chat.completions.create({
    model: 'gpt-4',
    messages: [{ role: 'user', content: 'hi' }],
  });
  parentPort.postMessage('called');
  if (process.argv[2] === 'exit') process.exit(0);
  if (process.argv[2] !== 'naturally') setInterval(() => {}, 1_000);
}

async function main() {
  const worker = new Worker(__filename, { argv: process.argv.slice(2) });
  const ended = once(worker, 'exit');
  await once(worker, 'message');
  console.log('called');
  if (process.argv[2] === 'terminate') process.once('SIGUSR2', () => void worker.terminate());
  if (process.argv[2] === 'terminate at once') void worker.terminate();
  await ended;
  console.log('the thread has ended');
}

void (isMainThread ? main() : inThread());
