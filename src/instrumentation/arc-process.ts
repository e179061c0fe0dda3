import type { PatternDefinition, PatternShorthand } from '../contract/pattern.js';
import { ARC_VERSION } from '../contract/package-info.js';
import type { ArcStatus, TelemetryStatus } from '../contract/status.js';
import { ArcInstrumentation } from './arc-instrumentation.js';
import { environment } from './environment.js';
import { processPlace } from './process-place.js';

/** What of Arc runs in this process beside the instrumentation. */
export interface ArcProcess {
  readonly instrumentation: ArcInstrumentation;
  readonly telemetry: () => TelemetryStatus;
  readonly control: () => string;
}

/** Shared by every copy of Arc in the process, so that `arc/wrap` finds what `arc/otel-register` started. */
const KEY = Symbol.for('arc.process');
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
  return (
    arcProcess() ??
    setArcProcess({
      instrumentation: new ArcInstrumentation(),
      telemetry: () => ({ exporter: "the application's own", spansExported: 0, spansFailed: 0 }),
      control: () => 'none',
    })
  );
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
