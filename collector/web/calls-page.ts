import { writeCursor } from '../api/query.js';
import type { CallPage, CallRow, FilterValues, StoreSummary } from '../store/store.js';
import { filterForm } from './filter-form.js';
import { count, dash, decision, duration, orDash, time } from './format.js';
import { html, type Html, NOTHING } from './html.js';
import { emptyState, scrollable } from './layout.js';

/** What the list of calls shows. */
export interface CallsView {
  readonly page: CallPage;
  readonly params: URLSearchParams;
  readonly values: FilterValues;
  readonly summary: StoreSummary;
  readonly forwardProblem: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The list of calls, newest first, with its filters. */
export function callsPage(view: CallsView): Html {
  const { page, params, values, summary, now } = view;
  const live = params.has('cursor') ? NOTHING : liveControls();
  return html`${totals(summary)} ${view.forwardProblem ? forwardNotice(view.forwardProblem) : NOTHING}
    ${filterForm(params, values)} ${live}
    <div id="calls">
      ${page.calls.length === 0 ? nothing(params) : callTable(page.calls, now)} ${pager(page, params)}
    </div>`;
}

function totals({ calls, errors, decisions }: StoreSummary): Html {
  const items: readonly (readonly [string, number, string])[] = [
    ['calls', calls, '/'],
    ['fixed', decisions['fix'] ?? 0, '/?decision=fix'],
    ['in shadow', decisions['shadow'] ?? 0, '/?decision=shadow'],
    ['failed', errors, '/?status=error'],
  ];
  return html`<ul class="totals" id="totals" aria-label="Totals">
    ${items.map(
      ([label, value, link]) =>
        html`<li>
          <a href="${link}"><b>${count(value)}</b> ${label}</a>
        </li>`,
    )}
  </ul>`;
}

function forwardNotice(problem: string): Html {
  return html`<p class="notice" role="status"><strong>Forwarding is in trouble:</strong> ${problem}</p>`;
}

/** Shown by the script alone: without it the list does not change by itself. */
function liveControls(): Html {
  return html`<p class="live" id="live" hidden>
    <button type="button" id="live-toggle" aria-pressed="false">Pause updates</button>
    <span id="live-status" role="status" aria-live="polite"></span>
  </p>`;
}

function callTable(calls: readonly CallRow[], now: number): Html {
  const table = html`<table class="calls">
    <caption>
      LLM calls, newest first
    </caption>
    <thead>
      <tr>
        <th scope="col">Call</th>
        <th scope="col">Decision</th>
        <th scope="col">Pattern</th>
        <th scope="col">Result</th>
        <th scope="col" class="num">Duration</th>
        <th scope="col" class="num">Tokens in / out</th>
        <th scope="col">Service</th>
        <th scope="col">Started</th>
      </tr>
    </thead>
    <tbody>
      ${calls.map((call) => callRow(call, now))}
    </tbody>
  </table>`;
  return scrollable('LLM calls', table);
}

function callRow(call: CallRow, now: number): Html {
  return html`<tr data-row>
    <th scope="row">
      <a href="/calls/${call.traceId}/${call.spanId}">${modelText(call)}</a>
      <span class="sub">${call.provider} ${call.operation}</span>
    </th>
    <td>${decision(call.decision)}</td>
    <td>${pattern(call)}</td>
    <td>${result(call)}</td>
    <td class="num">${duration(call.durationMs)}</td>
    <td class="num">${orDash(call.inputTokens)} / ${orDash(call.outputTokens)}</td>
    <td>${call.service}</td>
    <td>${time(call.startedAt, now)}</td>
  </tr>`;
}

/** The model, and what was asked for when that was another. */
export function modelText({ modelAsked, modelSent, operation }: CallRow): string {
  if (modelSent === null) return modelAsked ?? operation;
  return modelAsked === null || modelAsked === modelSent ? modelSent : `${modelAsked} → ${modelSent}`;
}

function pattern({ patternId, patternVersion, bypassReason }: CallRow): Html {
  if (patternId === null)
    return bypassReason === null ? dash() : html`<span class="sub">${bypassReason}</span>`;
  const version = patternVersion === null ? '' : ` v${patternVersion}`;
  return html`<a class="plain" href="/?pattern=${encodeURIComponent(patternId)}">${patternId}</a>
    <span class="sub">${version}${bypassReason === null ? '' : ` ${bypassReason}`}</span>`;
}

function result({ status, errorType, errorMessage }: CallRow): Html {
  if (status === 'ok') return html`<span class="ok">ok</span>`;
  return html`<span class="failed">failed</span>
    <span class="sub clip">${errorType ?? errorMessage ?? ''}</span>`;
}

function nothing(params: URLSearchParams): Html {
  if ([...params].some(([, value]) => value !== '')) {
    return emptyState('No call matches these filters.', html`<p><a href="/">Show all calls</a></p>`);
  }
  return emptyState(
    'No call has arrived yet.',
    html`<p>Start a program that uses an LLM SDK with Arc in front of it:</p>
      <pre><code>node --require arc/otel-register app.js</code></pre>
      <p>Its calls appear here within seconds. <code>arc doctor</code> shows what a process has patched.</p>`,
  );
}

function pager({ next }: CallPage, params: URLSearchParams): Html {
  const newest = new URLSearchParams(params);
  newest.delete('cursor');
  const older = new URLSearchParams(newest);
  if (next) older.set('cursor', writeCursor(next));
  const first = params.has('cursor') ? html`<a href="/?${newest.toString()}">Newest</a>` : NOTHING;
  const rest = next ? html`<a href="/?${older.toString()}" rel="next">Older</a>` : NOTHING;
  return params.has('cursor') || next
    ? html`<nav class="pager" aria-label="Pages">${first} ${rest}</nav>`
    : NOTHING;
}
