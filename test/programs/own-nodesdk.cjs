'use strict';
/** An application with OpenTelemetry of its own: it registers a NodeSDK and makes a span around its call. */
const { trace } = require('@opentelemetry/api');
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { ConsoleSpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace');

const sdk = new NodeSDK({
  spanProcessors: [new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() })],
  autoDetectResources: false,
});
sdk.start();

const { OpenAI } = require('openai');
trace.getTracer('application').startActiveSpan('application work', async (span) => {
  await new OpenAI({ maxRetries: 0 }).chat.completions.create({
    model: 'gpt-4',
    messages: [{ role: 'user', content: 'hi' }],
    temperature: 0.95,
  });
  span.end();
  await sdk.shutdown();
});
