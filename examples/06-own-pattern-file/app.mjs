import OpenAI from 'openai';

const client = new OpenAI();

for (const content of ['Summarise: the Loire is a river in France.', 'Name one river in France.']) {
  const completion = await client.chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content }],
  });
  console.log(`${completion.model}: ${completion.choices[0].message.content}`);
}
