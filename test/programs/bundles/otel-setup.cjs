'use strict';
/** Preloaded: the application's own OpenTelemetry, outside the bundle. */
const { NodeSDK } = require('@opentelemetry/sdk-node');

new NodeSDK().start();
