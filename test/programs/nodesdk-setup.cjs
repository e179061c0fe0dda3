'use strict';
/** Preloaded before Arc: the application's own OpenTelemetry. */
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { ConsoleSpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace');

new NodeSDK({
  spanProcessors: [new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() })],
  autoDetectResources: false,
}).start();
