import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { CallDetail } from '../../collector/api/call-view.js';
import type { CallRow } from '../../collector/store/store.js';
import { startCore, type Core } from '../../collector/main.js';
import { startModelServer, type ModelServer } from '../../src/cli/demo/model-server.js';
import { testOptions } from '../collector/fixtures.js';
import { tempDir } from '../helpers/temp-dir.js';
import { waitUntil } from '../helpers/wait-until.js';

/** Preloads Arc, as the README says. */
export const REGISTER: readonly string[] = ['--require', 'arc/otel-register'];
/** What a user types as `arc`, with the tests' own Node.js. */
export const ARC: readonly string[] = [join('dist', 'src', 'cli', 'main.js')];

/** Path of a program of `test/programs`, from the checkout. */
export const program = (name: string): string => join('test', 'programs', name);

/** A Core on free ports and a file of its own, a model server, and the environment that points programs at both. */
export interface World {
  readonly core: Core;
  /** Where Core serves its page and API, without a final slash. */
  readonly page: string;
  readonly database: string;
  readonly models: ModelServer;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a world that ends with the test. */
export async function createWorld(t: ExecutionContext): Promise<World> {
  const database = join(tempDir(t), 'core.db');
  const core = await startCore(testOptions({ database }));
  t.teardown(() => core.close());
  const models = await startModelServer();
  t.teardown(() => models.close());
  const page = `http://127.0.0.1:${core.ports.web}`;
  const env = {
    ...modelEnv(models),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${core.ports.otlpGrpc}`,
    ARC_CONTROL_URL: `ws://127.0.0.1:${core.ports.control}/v1/opamp`,
  };
  return { core, page, database, models, env };
}

/** The environment that sends a program's model calls to the loopback server. */
export function modelEnv(models: ModelServer): Readonly<Record<string, string>> {
  return {
    OPENAI_BASE_URL: models.openaiBaseUrl,
    OPENAI_API_KEY: 'none',
    ANTHROPIC_BASE_URL: models.anthropicBaseUrl,
    ANTHROPIC_API_KEY: 'none',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_SERVICE_NAME: 'shop',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  };
}

/** Reads JSON of Core. @throws {Error} when it answers with another status than 200. */
export async function getJson<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T; // Core's own form
}

/** Waits until Core lists that many calls, and returns all of them, newest first. */
export function waitForCalls(page: string, count: number): Promise<readonly CallRow[]> {
  return waitUntil(`${count} calls at Core`, async () => {
    const { calls } = await getJson<{ calls: readonly CallRow[] }>(`${page}/api/calls?limit=500`);
    return calls.length >= count && calls;
  });
}

/** One call with everything Core knows of it. */
export function readCall(page: string, { traceId, spanId }: CallRow): Promise<CallDetail> {
  return getJson(`${page}/api/calls/${traceId}/${spanId}`);
}
