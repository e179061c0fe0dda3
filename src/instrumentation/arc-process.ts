import type { PatternDefinition, PatternShorthand } from '../contract/pattern.js';
import { ARC_VERSION } from '../contract/package-info.js';
import type { ArcStatus, TelemetryStatus } from '../contract/status.js';
import { ArcInstrumentation } from './arc-instrumentation.js';
import { environment } from './environment.js';
import { flushProviders, globalProviders } from './flush.js';
import { joinRegistered } from './join-telemetry.js';
import { processPlace } from './process-place.js';

/** What of Arc runs in this process beside the instrumentation. */
export interface ArcProcess {
  readonly instrumentation: ArcInstrumentation;
  readonly telemetry: () => TelemetryStatus;
  readonly control: () => string;
  /** Sends what Arc's own providers and the given ones hold back. */
  readonly flush: (timeoutMs: number, others: readonly unknown[]) => Promise<void>;
}

/** Shared by every copy of Arc in the process, so that `arc/wrap` finds what `arc/otel-register` started. */
const KEY = Symbol.for('arc.process');
/** Longest wait where Arc does not run and nobody said otherwise, in milliseconds. */
const FLUSH_TIMEOUT_MS = 2_000;
const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();

/** What `arc/otel-register` started, if it did. */
export function arcProcess(): ArcProcess | undefined {
  return (globalThis as { [KEY]?: ArcProcess })[KEY];
}

/** Makes this the process's Arc. */
export function setArcProcess(started: ArcProcess): ArcProcess {
  (globalThis as { [KEY]?: ArcProcess })[KEY] = started;
  return started;
}

/** The process's Arc; without `arc/otel-register`, one is made that reports to the providers the application has. */
function ensureArcProcess(): ArcProcess {
  return arcProcess() ?? setArcProcess(joinedProcess());
}

function joinedProcess(): ArcProcess {
  const instrumentation = new ArcInstrumentation();
  joinRegistered(instrumentation);
  return {
    instrumentation,
    telemetry: () => ({ exporter: "the application's own", spansExported: 0, spansFailed: 0 }),
    control: () => 'none',
    flush: (timeoutMs, others) => flushProviders(others, timeoutMs),
  };
}

/**
 * Protects one client explicitly.
 * @returns the same client.
 * @throws {TypeError} when no adapter knows the client's shape.
 * @example
 * import OpenAI from 'openai';
 * import { wrap } from 'arc/wrap';
 * const client = wrap(new OpenAI({ apiKey: 'unused', baseURL: 'http://127.0.0.1:1/v1' }));
 */
export function wrap<T extends object>(client: T): T {
  return ensureArcProcess().instrumentation.wrap(client);
}

/**
 * Adds a pattern to the running process; the next call sees it.
 * @throws {PackError} naming the field, the rule and the value.
 * @example
 * import { registerPattern } from 'arc';
 * registerPattern({ pattern: { model: 'gpt-4', temperature: { '>': 0.9 } }, fix: { temperature: 0.7 } });
 */
export function registerPattern(shorthand: PatternShorthand): PatternDefinition {
  return ensureArcProcess().instrumentation.registerPattern(shorthand);
}

/**
 * Sends the telemetry that waits in this process, Arc's and that of the providers the application has registered. For
 * functions that are frozen between two calls, where a timer has no turn: wait for it before you answer.
 * @param timeoutMs - longest wait, in milliseconds; the option `flushTimeoutMs` when left out.
 * @returns when it has left or the time is up. Never rejects: what cannot be sent must not fail the function.
 * @example
 * import OpenAI from 'openai';
 * import { flush, wrap } from 'arc/wrap';
 * const client = wrap(new OpenAI({ apiKey: 'unused', baseURL: 'http://127.0.0.1:1/v1', maxRetries: 0 }));
 * export async function handler({ question }) {
 *   try {
 *     const messages = [{ role: 'user', content: question }];
 *     const completion = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
 *     return { statusCode: 200, body: completion.choices[0].message.content };
 *   } finally {
 *     await flush();
 *   }
 * }
 */
export function flush(timeoutMs?: number): Promise<void> {
  const arc = arcProcess();
  const limit = timeoutMs ?? arc?.instrumentation.options.options.flushTimeoutMs ?? FLUSH_TIMEOUT_MS;
  return arc ? arc.flush(limit, globalProviders()) : flushProviders(globalProviders(), limit);
}

/**
 * The state of Arc in this process.
 * @returns undefined where Arc was not started.
 * @example
 * import { status } from 'arc';
 * status()?.mode // 'apply'
 */
export function status(): ArcStatus | undefined {
  const arc = arcProcess();
  return arc && statusOf(arc);
}

/** The state of one Arc. */
export function statusOf(arc: ArcProcess): ArcStatus {
  const { instrumentation } = arc;
  const { options, settings } = instrumentation.options;
  return {
    arcVersion: ARC_VERSION,
    serviceName: processPlace(environment).service,
    pid: process.pid,
    nodeVersion: process.versions.node,
    startedAt,
    enabled: instrumentation.isEnabled(),
    mode: options.mode,
    packs: instrumentation.packs.packs(),
    sdks: instrumentation.sdks(),
    settings,
    telemetry: arc.telemetry(),
    control: arc.control(),
    counters: { ...instrumentation.counters },
  };
}
