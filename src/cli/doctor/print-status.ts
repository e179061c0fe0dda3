import type { ArcStatus, SdkStatus } from '../../contract/status.js';
import { plural } from '../plural.js';

/** Renders a state as lines of `heading  what`, for people. */
export function statusLines(status: ArcStatus): string[] {
  return [
    row(
      'arc',
      `${status.arcVersion}, node ${status.nodeVersion}, mode ${status.mode}${status.enabled ? '' : ', disabled'}`,
    ),
    ...sdkLines(status.sdks),
    ...status.packs.map((pack) =>
      row(
        'pack',
        `${pack.name} ${pack.version}, ${plural(pack.patterns, 'pattern')}, ${pack.origin}, ${pack.hash.slice(0, 12)}`,
      ),
    ),
    row('telemetry', telemetryText(status)),
    row('control', status.control),
    row('calls', countersText(status)),
    ...status.settings.map(({ key, value, origin }) =>
      row('setting', `${key} = ${value === '' ? '(none)' : value}  (${origin})`),
    ),
  ];
}

/** True when every SDK that was found has all its methods patched. */
export function allPatched(sdks: readonly SdkStatus[]): boolean {
  return sdks.every(({ targets }) => targets.every(({ patched }) => patched));
}

function sdkLines(sdks: readonly SdkStatus[]): string[] {
  if (sdks.length === 0)
    return [row('sdk', 'none loaded; install openai or @anthropic-ai/sdk, or run this where they are')];
  return sdks.map(({ module, version, format, support, targets }) => {
    const missing = targets.filter(({ patched }) => !patched).map(({ name }) => name);
    const state = missing.length === 0 ? 'patched' : `NOT PATCHED: ${missing.join(', ')}`;
    return row('sdk', `${module} ${version ?? '(version unknown)'} ${format}, ${support}, ${state}`);
  });
}

function telemetryText({ telemetry }: ArcStatus): string {
  const { exporter, spansExported, spansFailed, lastFlushAt, lastError } = telemetry;
  const last = lastFlushAt ? `last flush ${lastFlushAt}` : 'nothing flushed yet';
  const trouble = lastError ? `, last error: ${lastError}` : '';
  return `${exporter}, ${spansExported} spans sent, ${spansFailed} failed, ${last}${trouble}`;
}

function countersText({ counters }: ArcStatus): string {
  const { intercepted, matched, fixed, errors } = counters;
  return `${intercepted} intercepted, ${matched} matched, ${fixed} repaired, ${errors} errors inside Arc`;
}

function row(heading: string, what: string): string {
  return `${heading.padEnd(11)}${what}`;
}
