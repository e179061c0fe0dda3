'use strict';
const { SpanKind, context, propagation, trace } = require('@opentelemetry/api');
const { withArcContext } = require('arc');
const express = require('express');
const OpenAI = require('openai');

const client = new OpenAI();
const tracer = trace.getTracer('support-desk');
const app = express();

// Goes on with the caller's trace, if there is a traceparent header. An HTTP instrumentation would do the same.
app.use((request, response, next) => {
  const caller = propagation.extract(context.active(), request.headers);
  const span = tracer.startSpan(`${request.method} ${request.path}`, { kind: SpanKind.SERVER }, caller);
  response.once('close', () => span.end());
  context.with(trace.setSpan(caller, span), next);
});

// Everything this request does from here on belongs to its conversation.
app.use((request, _response, next) => {
  withArcContext({ pipeline: 'support', conversation: request.get('x-conversation') }, next);
});

app.use(express.json());

app.post('/ask', async (request, response) => {
  const completion = await withArcContext({ agent: 'answerer' }, () =>
    client.chat.completions.create({
      model: 'gpt-4',
      temperature: 0.95,
      messages: [{ role: 'user', content: request.body.question }],
    }),
  );
  response.json({ answer: completion.choices[0].message.content });
});

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
