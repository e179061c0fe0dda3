import { withArcContext } from 'arc';
import OpenAI from 'openai';

export async function POST(request) {
  const { question } = await request.json();
  const client = new OpenAI();
  const completion = await withArcContext(
    { agent: 'answerer', conversation: request.headers.get('x-conversation') ?? undefined },
    () =>
      client.chat.completions.create({
        model: 'gpt-4',
        temperature: 1.1,
        messages: [{ role: 'user', content: question }],
      }),
  );
  return Response.json({ answer: completion.choices[0].message.content });
}
