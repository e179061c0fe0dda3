import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/contract/package-info.js';
import { loadTypes, type MessageCodec } from '../../src/wire/protobuf.js';
import type { ExportResponse, LogsRequest, MetricsRequest, TraceRequest } from './otlp-messages.js';

/** The three kinds of telemetry OTLP carries. */
export type Signal = 'traces' | 'metrics' | 'logs';

/** All of them, in the order they are documented. */
export const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs'];

/** Where each signal is sent to and what its messages are called. */
export interface SignalNames {
  /** Path of OTLP/HTTP. */
  readonly httpPath: string;
  /** Path of the gRPC method. */
  readonly grpcPath: string;
  /** Full name of the request message. */
  readonly request: string;
  /** Full name of the response message. */
  readonly response: string;
  /** The field of `partial_success` that counts what was rejected. */
  readonly rejected: 'rejectedSpans' | 'rejectedDataPoints' | 'rejectedLogRecords';
}

/** Names by signal. */
export const SIGNAL_NAMES: Readonly<Record<Signal, SignalNames>> = {
  traces: names('trace', 'Trace', 'traces', 'rejectedSpans'),
  metrics: names('metrics', 'Metrics', 'metrics', 'rejectedDataPoints'),
  logs: names('logs', 'Logs', 'logs', 'rejectedLogRecords'),
};

/** Readers and writers of the export messages. */
export interface SignalCodecs {
  readonly traces: MessageCodec<TraceRequest>;
  readonly metrics: MessageCodec<MetricsRequest>;
  readonly logs: MessageCodec<LogsRequest>;
  readonly responses: Readonly<Record<Signal, MessageCodec<ExportResponse>>>;
}

const PROTO_ROOT = join(PACKAGE_ROOT, 'src', 'contract', 'proto');

/** Compiles the OTLP messages; takes some tens of milliseconds, once at start. */
export function loadSignalCodecs(): SignalCodecs {
  const files = ['trace', 'metrics', 'logs'].map(
    (part) => `opentelemetry/proto/collector/${part}/v1/${part}_service.proto`,
  );
  const types = loadTypes(files, [PROTO_ROOT]);
  const response = (signal: Signal) => types.codec<ExportResponse>(SIGNAL_NAMES[signal].response);
  return {
    traces: types.codec(SIGNAL_NAMES.traces.request),
    metrics: types.codec(SIGNAL_NAMES.metrics.request),
    logs: types.codec(SIGNAL_NAMES.logs.request),
    responses: { traces: response('traces'), metrics: response('metrics'), logs: response('logs') },
  };
}

function names(part: string, noun: string, path: string, rejected: SignalNames['rejected']): SignalNames {
  const scope = `opentelemetry.proto.collector.${part}.v1`;
  return {
    httpPath: `/v1/${path}`,
    grpcPath: `/${scope}.${noun}Service/Export`,
    request: `${scope}.Export${noun}ServiceRequest`,
    response: `${scope}.Export${noun}ServiceResponse`,
    rejected,
  };
}
