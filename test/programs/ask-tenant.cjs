'use strict';
/** Asks once with a field the provider does not know. */
const { OpenAI } = require('openai');

void new OpenAI({ maxRetries: 0 }).chat.completions
  .create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Name a river.' }], tenant: 42 })
  .then(({ model }) => console.log(`answered ${model}`));
