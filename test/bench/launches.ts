import type { SinkAddress } from './span-sink.js';

/** How the process of a setup starts, and what it has to show for itself. */
export interface Launch {
  /** Whether each call must be exported as a span. */
  readonly traces: boolean;
  /** Whether the temperature a built-in pattern knows must be repaired. */
  readonly repairs: boolean;
  /** Whether spans leave by its own protocol only and cannot be thrown away in the process. */
  readonly sendsOnly?: true;
  readonly execArgv?: readonly string[];
  readonly env?: (sink: SinkAddress | undefined) => Readonly<Record<string, string>>;
}

const PRELOAD = ['--require', 'arc/otel-register'];
const UNTRACED: Launch = { traces: false, repairs: false };
const TRACED: Launch = { traces: true, repairs: false };
const REPAIRING: Launch = { traces: true, repairs: true };

const arcEnv = (sink: SinkAddress | undefined) => ({
  ARC_CONTROL_URL: 'none',
  OTEL_EXPORTER_OTLP_ENDPOINT: sink?.grpcUrl ?? 'http://127.0.0.1:1',
  OTEL_EXPORTER_PROMETHEUS_PORT: '0',
});
const PRELOADED: Launch = { ...REPAIRING, sendsOnly: true, execArgv: PRELOAD, env: arcEnv };

/** Sends to the sink only, and asks nobody for anything. */
const datadogEnv = (sink: SinkAddress | undefined) => ({
  DD_TRACE_AGENT_URL: sink?.httpUrl ?? 'http://127.0.0.1:1',
  DD_TRACE_STARTUP_LOGS: 'false',
  DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
  DD_REMOTE_CONFIGURATION_ENABLED: 'false',
  DD_CRASHTRACKING_ENABLED: 'false',
});

/** By name of the setup. */
export const LAUNCHES = {
  bare: UNTRACED,
  'pass-through': UNTRACED,
  'otel-span': TRACED,
  'otel-span-metrics': TRACED,
  arc: REPAIRING,
  'arc-no-metrics': REPAIRING,
  'arc-off': TRACED,
  'arc-disabled': { ...UNTRACED, execArgv: PRELOAD, env: () => ({ ARC_DISABLE: '1' }) },
  'arc-preloaded': PRELOADED,
  'arc-preloaded-no-metrics': {
    ...PRELOADED,
    env: (sink) => ({ ...arcEnv(sink), OTEL_METRICS_EXPORTER: 'none' }),
  },
  'bare-openai-6': UNTRACED,
  opentelemetry: TRACED,
  traceloop: TRACED,
  openinference: TRACED,
  langfuse: TRACED,
  sentry: TRACED,
  datadog: { ...TRACED, sendsOnly: true, env: datadogEnv },
  'datadog-llm': {
    ...TRACED,
    sendsOnly: true,
    env: (sink) => ({
      ...datadogEnv(sink),
      DD_LLMOBS_ENABLED: 'true',
      DD_LLMOBS_ML_APP: 'bench',
      DD_LLMOBS_AGENTLESS_ENABLED: 'false',
    }),
  },
  portkey: UNTRACED,
} as const satisfies Readonly<Record<string, Launch>>;

/** Name of a setup. */
export type SetupName = keyof typeof LAUNCHES;
