import type { Histogram, Meter } from '@opentelemetry/api';
import { METRIC } from '../../contract/names.js';

/** What a framework does around model calls, as `gen_ai.operation.name`. */
export type WorkKind = 'invoke_agent' | 'execute_tool' | 'invoke_workflow';

/** Bucket bounds of the GenAI conventions for durations, in seconds. */
const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const NAMES: Readonly<Record<WorkKind, readonly [name: string, description: string]>> = {
  invoke_agent: [METRIC.invokeAgentDuration, 'Duration of the work of agents.'],
  execute_tool: [METRIC.executeToolDuration, 'Duration of the work of tools.'],
  invoke_workflow: [METRIC.invokeWorkflowDuration, 'Duration of workflows.'],
};

const byMeter = new WeakMap<Meter, Partial<Record<WorkKind, Histogram>>>();

/** The histogram of a kind of work, in seconds; made when it is first needed, since most processes use no framework. */
export function durationOf(meter: Meter, kind: WorkKind): Histogram {
  const known = byMeter.get(meter) ?? {};
  byMeter.set(meter, known);
  const [name, description] = NAMES[kind];
  return (known[kind] ??= meter.createHistogram(name, {
    unit: 's',
    description,
    advice: { explicitBucketBoundaries: [...SECONDS] },
  }));
}
