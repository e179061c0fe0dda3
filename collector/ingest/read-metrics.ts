import type { Attributes, MetricKind, MetricPointRecord, ResourceRecord } from '../store/records.js';
import type { MetricsRequest, OtlpBuckets, OtlpMetric, OtlpPoint, OtlpSeries } from './otlp-messages.js';
import type { ReadResult } from './read-spans.js';
import { readAttributes, readInteger, readMicroseconds, readResource } from './read-values.js';

/** By the numbers of OTLP's `AggregationTemporality`. */
const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const;

/** Reads an export of metrics, one record per data point. A metric without a name is rejected. */
export function readMetricPoints(request: MetricsRequest): ReadResult<MetricPointRecord> {
  const records: MetricPointRecord[] = [];
  let rejected = 0;
  for (const { resource, scopeMetrics } of request.resourceMetrics ?? []) {
    const origin = readResource(resource);
    for (const metric of (scopeMetrics ?? []).flatMap(({ metrics }) => metrics ?? [])) {
      const points = readMetric(metric, origin);
      if (metric.name) records.push(...points);
      else rejected += points.length;
    }
  }
  return { records, rejected, reason: rejected > 0 ? 'a metric must have a name' : '' };
}

function readMetric(metric: OtlpMetric, resource: ResourceRecord): MetricPointRecord[] {
  const [kind, series] = seriesOf(metric);
  return (series.dataPoints ?? []).map((point) => ({
    name: metric.name ?? '',
    unit: metric.unit ?? '',
    kind,
    timeUs: readMicroseconds(point.timeUnixNano),
    startUs: readMicroseconds(point.startTimeUnixNano),
    attributes: readAttributes(point.attributes),
    value: valueOf(kind, point),
    detail: detailOf(kind, point, series),
    resource,
  }));
}

function seriesOf(metric: OtlpMetric): readonly [MetricKind, OtlpSeries] {
  if (metric.sum) return ['sum', metric.sum];
  if (metric.histogram) return ['histogram', metric.histogram];
  if (metric.exponentialHistogram) return ['exponential_histogram', metric.exponentialHistogram];
  if (metric.summary) return ['summary', metric.summary];
  return ['gauge', metric.gauge ?? {}];
}

function valueOf(kind: MetricKind, point: OtlpPoint): number | null {
  const value =
    kind === 'gauge' || kind === 'sum' ? (point.asDouble ?? Number(point.asInt ?? '0')) : point.sum;
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function detailOf(kind: MetricKind, point: OtlpPoint, series: OtlpSeries): Attributes {
  const temporality = TEMPORALITIES[series.aggregationTemporality ?? 0] ?? 'unspecified';
  if (kind === 'gauge') return {};
  if (kind === 'sum') return { temporality, monotonic: series.isMonotonic ?? false };
  const count = readInteger(point.count ?? '0');
  if (kind === 'summary') {
    return { count, quantiles: (point.quantileValues ?? []).map((at) => [at.quantile ?? 0, at.value ?? 0]) };
  }
  const common = { temporality, count, min: point.min ?? null, max: point.max ?? null };
  if (kind === 'histogram') {
    return {
      ...common,
      bounds: point.explicitBounds ?? [],
      buckets: (point.bucketCounts ?? []).map(readInteger),
    };
  }
  return {
    ...common,
    scale: point.scale ?? 0,
    zeroCount: readInteger(point.zeroCount ?? '0'),
    positive: buckets(point.positive),
    negative: buckets(point.negative),
  };
}

function buckets(part: OtlpBuckets | undefined): Attributes {
  return { offset: part?.offset ?? 0, counts: (part?.bucketCounts ?? []).map(readInteger) };
}
