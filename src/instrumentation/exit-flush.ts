import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { isBundled } from './bundled.js';
import { environment } from './environment.js';

/** Most spans that are sent at the very end; older ones first. */
const MAX_SPANS = 2_048;

/**
 * Sends spans while the process is ending. `process.exit` leaves no further turn of the event loop, so a child process
 * sends them and this one waits for it, at most `timeoutMs`. Core drops what it has already. A bundle has no program for
 * the child; what ends by itself or is flushed loses nothing.
 */
export function sendAtExit(spans: readonly ReadableSpan[], timeoutMs: number): void {
  if (spans.length === 0 || timeoutMs === 0 || isBundled()) return;
  const request = ProtobufTraceSerializer.serializeRequest(spans.slice(0, MAX_SPANS));
  if (!request) return;
  spawnSync(process.execPath, [join(__dirname, 'exit-sender.js')], {
    input: request,
    timeout: timeoutMs,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {
      ...environment,
      NODE_OPTIONS: '',
      ARC_DISABLE: '1',
      OTEL_EXPORTER_OTLP_TIMEOUT: String(timeoutMs),
    },
    windowsHide: true,
  });
}
