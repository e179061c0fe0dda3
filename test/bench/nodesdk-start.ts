/** Preloaded by the benchmark of start-up: the OpenTelemetry start an application would write by hand. */
import { NodeSDK } from '@opentelemetry/sdk-node';

new NodeSDK().start();
