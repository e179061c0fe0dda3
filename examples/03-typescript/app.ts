import OpenAI from 'openai';

const client = new OpenAI();

async function ask(question: string): Promise<string | null> {
  const completion = await client.chat.completions.create({
    model: 'gpt-5-mini',
    max_tokens: 2000,
    messages: [{ role: 'user', content: question }],
  });
  return completion.choices[0]?.message.content ?? null;
}

console.log(await ask('Name one river in France.'));
