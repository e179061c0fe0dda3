/** A function as serverless platforms call it. */
import 'arc/otel-register';
import OpenAI from 'openai';
import { flush, wrap } from 'arc/wrap';

const client = wrap(new OpenAI({ maxRetries: 0 }));

export async function handler({ question, leaveUnsent }) {
  try {
    const completion = await client.chat.completions.create({
      model: 'gpt-4',
      temperature: 1.2,
      messages: [{ role: 'user', content: question }],
    });
    return { statusCode: 200, body: completion.choices[0].message.content };
  } finally {
    if (!leaveUnsent) await flush();
  }
}
