'use strict';
/**
 * Asks with fields the provider does not know, in three threads: one that runs already when the first lesson is learned and
 * learns the second, and one that is started after both. Each field is refused once in the whole process.
 */
const { once } = require('node:events');
const { setImmediate } = require('node:timers/promises');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const { OpenAI } = require('openai');
const { status } = require('arc');

const ask = (field) =>
  new OpenAI({ maxRetries: 0 }).chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'Name a river.' }],
    [field]: 'rivers',
  });

const lessons = () => status()?.packs.find(({ name }) => name === 'arc.learned')?.patterns ?? 0;

async function knows(count) {
  while (lessons() < count) await setImmediate();
}

async function main() {
  const early = new Worker(__filename, { workerData: 'early' });
  await once(early, 'message');
  await ask('tenant');
  early.postMessage('go');
  const [end] = await Promise.all([once(early, 'exit'), knows(2).then(() => ask('squad'))]);
  const [lateEnd] = await once(new Worker(__filename, { workerData: 'late' }), 'exit');
  console.log(`ends ${end} ${lateEnd}, lessons ${lessons()}`);
}

const threads = {
  async early() {
    parentPort.postMessage('ready');
    await once(parentPort, 'message');
    await knows(1);
    await ask('tenant');
    await ask('squad');
  },
  async late() {
    await ask('tenant');
    await ask('squad');
  },
};

void (isMainThread ? main() : threads[workerData]());
