'use strict';
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { ArcInstrumentation } = require('arc');

const sdk = new NodeSDK({
  serviceName: 'existing-service',
  // Beside whatever instrumentations the application has already.
  instrumentations: [new ArcInstrumentation({ minConfidence: 0.9 })],
});
sdk.start();

process.once('beforeExit', () => sdk.shutdown());
