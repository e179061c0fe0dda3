'use strict';
const OpenAI = require('openai');

async function main() {
  // Reads OPENAI_API_KEY and OPENAI_BASE_URL, as always.
  const client = new OpenAI();
  const completion = await client.chat.completions.create({
    model: 'gpt-4',
    temperature: 0.95,
    messages: [{ role: 'user', content: 'Name one river in France.' }],
  });
  console.log(completion.choices[0].message.content);
}

main();
