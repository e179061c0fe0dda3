// An ordinary program: it knows nothing of Arc. Each of its requests is written the way it once worked.
'use strict';
const OpenAI = require('openai');
const Anthropic = require('@anthropic-ai/sdk');

const openai = new OpenAI({ maxRetries: 0 });
const anthropic = new Anthropic({ maxRetries: 0 });
const question = [{ role: 'user', content: 'Name one river in France.' }];

const calls = {
  async 'gpt-4, temperature 0.95'() {
    const answer = await openai.chat.completions.create({
      model: 'gpt-4',
      messages: question,
      temperature: 0.95,
    });
    return answer.choices[0].message.content;
  },
  async 'gpt-5-mini, max_tokens 2000, streamed'() {
    const stream = await openai.chat.completions.create({
      model: 'gpt-5-mini',
      messages: question,
      max_tokens: 2000,
      stream: true,
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
    return text;
  },
  async 'claude-sonnet-4-6, temperature 1.2'() {
    const answer = await anthropic.messages.create({
      model: 'claude-sonnet-4-6',
      max_tokens: 2000,
      messages: question,
      temperature: 1.2,
    });
    return answer.content[0].text;
  },
  // A gateway this program once called took the field `tenant`.
  'gpt-4o, tenant': askForTenant,
  'gpt-4o, tenant, the next time': askForTenant,
};

async function askForTenant() {
  const answer = await openai.chat.completions.create({
    model: 'gpt-4o',
    messages: question,
    tenant: 42,
  });
  return answer.choices[0].message.content;
}

async function main() {
  for (const [name, call] of Object.entries(calls)) {
    try {
      console.log(`${name}: answered "${await call()}"`);
    } catch (error) {
      console.log(`${name}: FAILED ${error.message}`);
      process.exitCode = 1;
    }
  }
}

main();
