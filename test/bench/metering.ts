import { metrics, type MeterProvider } from '@opentelemetry/api';
import * as sdk from '@opentelemetry/sdk-metrics';

/** As many as `arc/otel-register` has exporters. */
const READERS = 2;

/** A meter provider as `arc/otel-register` sets it up, registered for the process. */
export function startMetering(): MeterProvider {
  metrics.setGlobalMeterProvider(createMeterProvider(sdk));
  return metrics.getMeterProvider();
}

/** The same from a copy of the package; nothing reads it during a run. */
export function createMeterProvider({
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
}: typeof sdk): MeterProvider {
  const readers = Array.from({ length: READERS }, () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    return new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  });
  return new MeterProvider({ readers, views: [{ instrumentName: '*' }] });
}
