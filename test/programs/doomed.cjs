'use strict';
/** Two requests their providers refuse as they are written. Knows nothing of Arc. */
const { OpenAI } = require('openai');
const { Anthropic } = require('@anthropic-ai/sdk');

const messages = [{ role: 'user', content: 'Name one river in France.' }];

async function tell(name, call) {
  try {
    console.log(`${name} answered ${(await call()).model}`);
  } catch (error) {
    console.log(`${name} refused with ${error.status}`);
    process.exitCode = 1;
  }
}

async function main() {
  await tell('openai', () =>
    new OpenAI({ maxRetries: 0 }).chat.completions.create({
      model: 'gpt-5-mini',
      messages,
      max_tokens: 2000,
    }),
  );
  await tell('anthropic', () =>
    new Anthropic({ maxRetries: 0 }).messages.create({
      model: 'claude-sonnet-4-6',
      messages,
      max_tokens: 2000,
      temperature: 1.2,
    }),
  );
}
main();
