import { DataPointType, type Histogram, type MetricData } from '@opentelemetry/sdk-metrics';
import type { ExecutionContext } from 'ava';
import { METRIC_INTEGERS, type MetricRule } from '../golden/semconv-metrics.js';
import { hasType } from './semconv.js';

/** Holds a metric against its row of the table: kind, unit, bucket bounds, and the attributes of each point. */
export function checkMetric(
  t: ExecutionContext,
  { descriptor, dataPoints, dataPointType }: MetricData,
  rule: MetricRule,
): void {
  const { name, unit } = descriptor;
  t.is(dataPointType, rule.kind === 'counter' ? DataPointType.SUM : DataPointType.HISTOGRAM, name);
  t.is(unit, rule.unit, name);
  for (const { attributes, value } of dataPoints) {
    const bounds = typeof value === 'number' ? [] : boundsOf(value);
    if (rule.bounds) t.deepEqual([bounds.at(0), bounds.at(-1)], [...rule.bounds], name);
    for (const [key, always] of Object.entries(rule.attributes)) {
      if (always) t.true(key in attributes, `${name} has ${key}`);
    }
    for (const [key, value] of Object.entries(attributes)) {
      t.true(key in rule.attributes, `${name} may have ${key}`);
      t.true(hasType(value, METRIC_INTEGERS.has(key) ? 'int' : 'string'), `${name}: type of ${key}`);
    }
    if ('server.address' in attributes) t.true('server.port' in attributes, name);
  }
}

function boundsOf(value: object): readonly number[] {
  return 'buckets' in value ? (value as Histogram).buckets.boundaries : [];
}
