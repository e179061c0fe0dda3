'use strict';
/** A server of two processes on one port; each answers one question and says who it is. */
const cluster = require('node:cluster');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { OpenAI } = require('openai');
const { withArcContext } = require('arc');

const ask = (agent, conversation) =>
  withArcContext({ agent, conversation }, () =>
    new OpenAI({ maxRetries: 0 }).chat.completions.create({
      model: 'gpt-4',
      messages: [{ role: 'user', content: conversation }],
      temperature: 0.95,
    }),
  );

async function primary() {
  const workers = ['worker-1', 'worker-2'].map((AGENT) => cluster.fork({ AGENT }));
  const [[{ port }]] = await Promise.all(workers.map((worker) => once(worker, 'listening')));
  await ask('primary', 'c-primary');
  // New connections go to the processes in turn.
  for (const conversation of ['c-0', 'c-1', 'c-2', 'c-3']) {
    const answer = await fetch(`http://127.0.0.1:${port}/${conversation}`, {
      headers: { connection: 'close' },
    });
    console.log(await answer.text());
  }
  const exits = workers.map((worker) => once(worker, 'exit'));
  for (const worker of workers) worker.disconnect();
  await Promise.all(exits);
  console.log('done');
}

function worker() {
  const { AGENT } = process.env;
  const server = createServer((request, response) => {
    const conversation = request.url.slice(1);
    ask(AGENT, conversation).then(
      () => response.end(`${AGENT} answered ${conversation}`),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
}

if (cluster.isPrimary) void primary();
else worker();
