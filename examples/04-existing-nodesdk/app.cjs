'use strict';
const { trace } = require('@opentelemetry/api');
const OpenAI = require('openai');

async function answer() {
  const client = new OpenAI();
  const completion = await client.chat.completions.create({
    model: 'gpt-4',
    temperature: 0.95,
    messages: [{ role: 'user', content: 'Name one river in France.' }],
  });
  console.log(completion.choices[0].message.content);
}

// A span of the application's own; Arc's becomes its child.
trace.getTracer('app').startActiveSpan('handle question', (span) => answer().finally(() => span.end()));
