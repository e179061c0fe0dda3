/** Everything in the bundle, the application's own OpenTelemetry too. */
import Anthropic from '@anthropic-ai/sdk';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import OpenAI from 'openai';
import { flush, wrap } from 'arc/wrap';
import { callAll } from './calls.mjs';

// OTLP over HTTP: the gRPC exporter's ES modules look for files of their own while they run.
const exporter = new OTLPTraceExporter({ url: `${process.env.OTLP_HTTP_URL}/v1/traces` });
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

callAll(wrap(new OpenAI({ maxRetries: 0 })), wrap(new Anthropic({ maxRetries: 0 }))).then(() => flush());
