import { serve } from '@hono/node-server';
import { withArcContext } from 'arc';
import { Hono } from 'hono';
import { streamText } from 'hono/streaming';
import OpenAI from 'openai';

const client = new OpenAI();
const app = new Hono();

// Everything this request does from here on belongs to its conversation.
app.use((c, next) =>
  withArcContext({ pipeline: 'support', conversation: c.req.header('x-conversation') }, next),
);

app.post('/ask', async (c) => {
  const { question } = await c.req.json();
  const stream = await withArcContext({ agent: 'answerer' }, () =>
    client.chat.completions.create({
      model: 'gpt-5-mini',
      max_tokens: 2000,
      stream: true,
      messages: [{ role: 'user', content: question }],
    }),
  );
  return streamText(c, async (page) => {
    page.onAbort(() => stream.controller.abort());
    for await (const chunk of stream) await page.write(chunk.choices[0]?.delta?.content ?? '');
  });
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`listening on http://127.0.0.1:${port}`);
});
