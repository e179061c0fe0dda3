import type { CallDetail, SpanView } from '../../../collector/api/call-view.js';
import type { CallRow } from '../../../collector/store/store.js';
import type { FieldChange } from '../../contract/decision.js';
import { ARC, EVENT_HEAL } from '../../contract/names.js';
import { safe, type Paint } from '../paint.js';

/** The list of calls as an aligned table, one line each, with a heading. */
export function callLines(calls: readonly CallRow[], paint: Paint): readonly string[] {
  const rows = calls.map((call) => [
    call.startedAt.slice(0, 19).replace('T', ' '),
    call.decision ?? '-',
    model(call),
    call.patternId === null ? '-' : `${call.patternId}@${call.patternVersion ?? '?'}`,
    call.status === 'ok' ? 'ok' : `failed ${call.errorType ?? ''}`.trim(),
    milliseconds(call.durationMs),
    call.service,
    `${call.traceId} ${call.spanId}`,
  ]);
  const heading = [
    'STARTED (UTC)',
    'DECISION',
    'MODEL',
    'PATTERN',
    'RESULT',
    'DURATION',
    'SERVICE',
    'TRACE AND SPAN',
  ];
  const table = [heading, ...rows].map((row) => row.map(safe));
  const widths = heading.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row, line) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    if (line === 0) return paint('dim', cells.join('  ').trimEnd());
    return cells
      .map((cell, column) => colourCell(cell, column, paint))
      .join('  ')
      .trimEnd();
  });
}

function colourCell(cell: string, column: number, paint: Paint): string {
  if (column === 1 && cell.startsWith('fix')) return paint('green', cell);
  if (column === 4 && cell.startsWith('failed')) return paint('red', cell);
  return cell;
}

/** One call: what it was, what changed, and its trace. */
export function detailLines(detail: CallDetail, paint: Paint): readonly string[] {
  const { call, changes, trace } = detail;
  const facts: readonly (readonly [string, string])[] = [
    [
      'call',
      `${call.operation} ${model(call)}  (${call.provider}${call.api === null ? '' : `, ${call.api}`})`,
    ],
    ['service', call.service],
    ['started', call.startedAt],
    ['duration', milliseconds(call.durationMs)],
    ['tokens', `${call.inputTokens ?? '-'} in, ${call.outputTokens ?? '-'} out`],
    ['decision', decisionText(call)],
    ['result', call.status === 'ok' ? 'ok' : `failed ${call.errorType ?? ''} ${call.errorMessage ?? ''}`],
  ];
  return [
    ...facts.map(([name, value]) => `${paint('dim', name.padEnd(9))} ${safe(value)}`),
    '',
    ...changeLines(changes, call.decision === 'fix', paint),
    ...healLines(detail.span, paint),
    '',
    paint('bold', 'trace'),
    ...trace.map((span) => spanLine(span, span.spanId === call.spanId, paint)),
  ];
}

function decisionText(call: CallRow): string {
  const pattern = call.patternId === null ? '' : ` by ${call.patternId}@${call.patternVersion ?? '?'}`;
  const confidence = call.confidence === null ? '' : `, confidence ${call.confidence}`;
  return `${call.decision ?? 'not seen by Arc'}${pattern}${confidence}${call.bypassReason === null ? '' : ` (${call.bypassReason})`}`;
}

function changeLines(changes: readonly FieldChange[], applied: boolean, paint: Paint): readonly string[] {
  if (changes.length === 0) return ['sent as written: nothing was changed'];
  const title = applied ? 'changed before it was sent' : 'would have been changed; nothing was';
  return [
    paint('bold', title),
    ...changes.flatMap(({ path, before, after }) => [
      `  ${safe(path)}`,
      paint('red', `    - ${value(before)}`),
      paint('green', `    + ${value(after)}`),
    ]),
  ];
}

/** A refusal that was answered by a second, repaired request. */
function healLines({ events }: SpanView, paint: Paint): readonly string[] {
  return events
    .filter(({ name }) => name === EVENT_HEAL)
    .flatMap(({ attributes }) => {
      const said = (name: string): string => {
        const text = attributes[name];
        return safe(typeof text === 'string' ? text : JSON.stringify(text ?? ''));
      };
      return [
        '',
        paint('bold', 'refused, repaired and sent once more'),
        `  refused   ${said(ARC.healStatus)} ${said(ARC.healMessage)}`,
        `  repaired  by ${said(ARC.patternId)}`,
        `  then      ${said(ARC.healOutcome)}`,
      ];
    });
}

function spanLine(span: SpanView, current: boolean, paint: Paint): string {
  const name = `${'  '.repeat(span.depth + 1)}${safe(span.name)}`;
  const failed = span.status === 'error' ? paint('red', ' failed') : '';
  const mark = current ? paint('cyan', ' <- this call') : '';
  return `${name} ${paint('dim', `${milliseconds(span.durationMs)} ${safe(span.service)}`)}${failed}${mark}`;
}

function model({ modelAsked, modelSent }: CallRow): string {
  if (modelAsked === modelSent) return modelSent ?? '-';
  return `${modelAsked ?? '-'} -> ${modelSent ?? '-'}`;
}

function value(json: unknown): string {
  return json === undefined ? '(absent)' : safe(JSON.stringify(json));
}

function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(2)} ms` : `${Math.round(ms)} ms`;
}
