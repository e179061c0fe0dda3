'use strict';
/** Calls without a pause and prints how many spans its exporter had acknowledged, and how many it lost, so far. */
const { status } = require('arc');
const { OpenAI } = require('openai');

const client = new OpenAI({ maxRetries: 0 });
let calls = 0;

async function main() {
  for (;;) {
    await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] });
    calls += 1;
    const { spansExported, spansFailed } = status().telemetry;
    console.log(`calls=${calls} acknowledged=${spansExported} failed=${spansFailed};`);
  }
}
main();
