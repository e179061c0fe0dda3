import type { Histogram, Meter } from '@opentelemetry/api';
import { METRIC } from '../../contract/names.js';
import type { McpSide } from './message.js';

/** Bucket bounds of the MCP conventions, in seconds. */
const SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

/** Histograms of one side, in seconds. */
export interface SideInstruments {
  readonly operation: Histogram;
  readonly session: Histogram;
}

/** The histograms of both sides. */
export type McpInstruments = Readonly<Record<McpSide, SideInstruments>>;

/** Creates the four histograms of the MCP conventions. */
export function createMcpInstruments(meter: Meter): McpInstruments {
  const histogram = (name: string, description: string): Histogram =>
    meter.createHistogram(name, {
      unit: 's',
      description,
      advice: { explicitBucketBoundaries: [...SECONDS] },
    });
  return {
    client: {
      operation: histogram(METRIC.mcpClientOperation, 'MCP messages sent, until the answer or the sending.'),
      session: histogram(METRIC.mcpClientSession, 'MCP sessions as the client saw them.'),
    },
    server: {
      operation: histogram(METRIC.mcpServerOperation, 'MCP messages received, until they were handled.'),
      session: histogram(METRIC.mcpServerSession, 'MCP sessions as the server saw them.'),
    },
  };
}
