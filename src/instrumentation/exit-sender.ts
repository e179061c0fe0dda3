/** Program run by `exit-flush`: reads one encoded OTLP trace request from standard input and sends it. */
import { readFileSync } from 'node:fs';
import { ExportResultCode } from '@opentelemetry/core';
import {
  convertLegacyOtlpGrpcOptions,
  createOtlpGrpcExportDelegate,
} from '@opentelemetry/otlp-grpc-exporter-base';
import {
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
  type ISerializer,
} from '@opentelemetry/otlp-transformer';

/** Passes on what the dying process has encoded already. */
const encoded: ISerializer<Uint8Array, unknown> = {
  serializeRequest: (request) => request,
  deserializeResponse: (response) => ProtobufTraceSerializer.deserializeResponse(response),
};

const delegate = createOtlpGrpcExportDelegate<Uint8Array, unknown>(
  convertLegacyOtlpGrpcOptions({}, 'TRACES'),
  encoded,
  'otlp_grpc_span_exporter',
  { ...TraceExporterMetricsHelper, countItems: () => 0 },
  undefined,
  'TraceExportService',
  '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
);

delegate.export(readFileSync(0), (result) => {
  process.exitCode = result.code === ExportResultCode.SUCCESS ? 0 : 1;
  void delegate.shutdown();
});
