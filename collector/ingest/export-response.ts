import type { ExportResponse } from './otlp-messages.js';
import type { Receipt } from './receive.js';
import { type Signal, SIGNAL_NAMES } from './signals.js';

/** The answer to an accepted export; without rejected items it is empty, as the specification asks. */
export function exportResponse(
  signal: Signal,
  { rejected, message }: Extract<Receipt, { kind: 'accepted' }>,
): ExportResponse {
  if (rejected === 0 && message === '') return {};
  return { partialSuccess: { [SIGNAL_NAMES[signal].rejected]: String(rejected), errorMessage: message } };
}
