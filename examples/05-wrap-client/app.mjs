import OpenAI from 'openai';
import { registerPattern } from 'arc';
import { wrap } from 'arc/wrap';

registerPattern({
  pattern: { model: 'gpt-4o-mini', temperature: { '>': 1.2 } },
  fix: { temperature: 0.7 },
});

const client = wrap(new OpenAI());

const completion = await client.chat.completions.create({
  model: 'gpt-4o-mini',
  temperature: 1.4,
  messages: [{ role: 'user', content: 'Name one river in France.' }],
});
console.log(completion.choices[0].message.content);
