'use strict';
const { withArcContext } = require('arc');
const Anthropic = require('@anthropic-ai/sdk');
const Fastify = require('fastify');

const client = new Anthropic();
const app = Fastify();

// A hook that runs once the body is read, so that the values may come from there as well.
app.addHook('preHandler', (request, _reply, done) => {
  withArcContext({ pipeline: 'support', conversation: request.headers['x-conversation'] }, done);
});

app.post('/ask', async (request) => {
  const message = await withArcContext({ agent: 'answerer' }, () =>
    client.messages.create({
      model: 'claude-sonnet-4-6',
      max_tokens: 2000,
      temperature: 1.2,
      messages: [{ role: 'user', content: request.body.question }],
    }),
  );
  return { answer: message.content[0].text };
});

app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' }).then((url) => {
  console.log(`listening on ${url}`);
});
