import { diag } from '@opentelemetry/api';
import { ArcError } from '../contract/errors.js';
import { ArcInstrumentation } from './arc-instrumentation.js';
import { arcProcess, setArcProcess, statusOf } from './arc-process.js';
import { startControl } from './control-start.js';
import { environment } from './environment.js';
import { hookEsModules } from './module-hooks.js';
import { flushAtProcessEnd } from './process-end.js';
import { startTelemetry } from './telemetry.js';

/**
 * Starts Arc in this process: module hooks, instrumentation, telemetry, control channel, flush at the end. Never throws:
 * with a bad setting or pack the application runs as it would without Arc, and standard error says why.
 */
export function start(): void {
  if (arcProcess()) return;
  try {
    startParts();
  } catch (error) {
    const reason = ArcError.is(error) ? error.message : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`arc: not started, the application runs without it. ${reason}\n`);
  }
}

function startParts(): void {
  const instrumentation = new ArcInstrumentation();
  hookEsModules();
  // The Anthropic SDK makes spans of its own once a provider is registered: the same call would be counted twice.
  if (instrumentation.options.options.nativeTelemetry === 'arc')
    environment['ANTHROPIC_OPEN_TELEMETRY'] ??= 'false';
  const telemetry = startTelemetry(instrumentation);
  const started = {
    instrumentation,
    telemetry: telemetry.status,
    control: () => control.state(),
    flush: telemetry.flush,
  };
  const control = startControl(instrumentation, () => statusOf(started));
  setArcProcess(started);
  for (const file of instrumentation.options.options.packs)
    watchFile(instrumentation, file, () => control.statusChanged());
  flushAtProcessEnd(telemetry, {
    timeoutMs: () => instrumentation.options.options.flushTimeoutMs,
    activity: () => instrumentation.counters.intercepted,
  });
}

function watchFile(instrumentation: ArcInstrumentation, file: string, changed: () => void): void {
  try {
    const { watchPackFile } = require('./packs/pack-watcher.js') as typeof import('./packs/pack-watcher.js');
    watchPackFile(instrumentation.packs, file, {
      changed,
      failed: (error) => diag.error('arc: pack file not reloaded, the running patterns stay:', String(error)),
    });
  } catch (error) {
    diag.warn('arc: cannot watch %s, a change needs a restart: %s', file, String(error));
  }
}
