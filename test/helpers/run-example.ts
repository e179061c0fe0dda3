import type { ExecutionContext } from 'ava';
import { startModelServer, type ModelServer } from '../../src/cli/demo/model-server.js';
import { startOtlpReceiver, type OtlpReceiver } from './otlp-receiver.js';
import { runProgram, type ProgramResult, type SpawnOptions } from './spawn-program.js';

/** A program that ran against the model server and an OTLP receiver. */
export interface ExampleRun {
  readonly result: ProgramResult;
  readonly models: ModelServer;
  readonly receiver: OtlpReceiver;
}

/** What an example's environment is: the two providers, and one place for telemetry. */
export function exampleEnv(models: ModelServer, otlpUrl: string): Record<string, string> {
  return {
    OPENAI_API_KEY: 'example-key',
    OPENAI_BASE_URL: models.openaiBaseUrl,
    ANTHROPIC_API_KEY: 'example-key',
    ANTHROPIC_BASE_URL: models.anthropicBaseUrl,
    OTEL_SERVICE_NAME: 'example',
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl,
    // Several examples run at a time; the Prometheus endpoint has a test of its own.
    OTEL_METRICS_EXPORTER: 'otlp',
    ARC_CONTROL_URL: 'none',
  };
}

/** Runs a program from the root of the checkout, as its README says. */
export async function runExample(t: ExecutionContext, options: SpawnOptions): Promise<ExampleRun> {
  const models = await startModelServer();
  t.teardown(models.close);
  const receiver = await startOtlpReceiver(t);
  const env = { ...exampleEnv(models, receiver.grpcUrl), ...options.env };
  const result = await runProgram(t, { ...options, env });
  return { result, models, receiver };
}
