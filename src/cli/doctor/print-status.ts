import type { ArcStatus, SdkStatus } from '../../contract/status.js';
import { plural } from '../plural.js';
import { KNOWN_MODULES } from './known-modules.js';

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

/** What Arc would observe and a program here cannot load, as one line for people; none when there is nothing. */
export function notFoundLines(sdks: readonly SdkStatus[]): string[] {
  const found = new Set(sdks.map(({ module }) => module));
  const names = KNOWN_MODULES.flatMap(({ module }) => (found.has(module) ? [] : [module]));
  return names.length === 0 ? [] : [row('not found', names.join(', '))];
}

/** True when every SDK that was found has all its methods patched. */
export function allPatched(sdks: readonly SdkStatus[]): boolean {
  return sdks.every(({ targets }) => targets.every(({ patched }) => patched));
}

function sdkLines(sdks: readonly SdkStatus[]): string[] {
  const none = row('sdk', 'none loaded; install openai or @anthropic-ai/sdk, or run this where they are');
  const lines = sdks.map(({ module, version, format, support, targets }) => {
    const missing = targets.filter(({ patched }) => !patched).map(({ name }) => name);
    const state = missing.length === 0 ? 'patched' : `NOT PATCHED: ${missing.join(', ')}`;
    if (format === 'global') return row(module, `of node ${version}, ${state}`);
    return row(kindOf(module), `${module} ${version ?? '(version unknown)'} ${format}, ${support}, ${state}`);
  });
  return sdks.some(({ module }) => kindOf(module) === 'sdk') ? lines : [none, ...lines];
}

function kindOf(module: string): string {
  return KNOWN_MODULES.find((known) => known.module === module)?.kind ?? 'other';
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
