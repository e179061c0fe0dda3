import { ARC, GEN_AI } from '../../src/contract/names.js';
import type { CallDetail, SpanView } from '../api/call-view.js';
import type { Attributes } from '../store/records.js';
import { diffTable } from './diff-table.js';
import { dash, decision, duration, orDash, time, valueText } from './format.js';
import { html, type Html, NOTHING } from './html.js';
import { scrollable } from './layout.js';
import { spanTree } from './span-tree.js';

/** One call: what was asked and sent, what acted, how it went, and the trace around it. */
export function callPage(detail: CallDetail, now: number): Html {
  const { call, span, trace } = detail;
  return html`<p class="crumbs"><a href="/">All calls</a></p>
    ${verdict(detail)}
    <section aria-labelledby="request">
      <h2 id="request">Request</h2>
      ${diffTable(detail)}
    </section>
    ${call.status === 'error' ? errorSection(detail) : NOTHING}
    <section aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      ${facts(detail, now)}
    </section>
    ${eventSection(detail, now)}
    <section aria-labelledby="trace">
      <h2 id="trace">Trace</h2>
      ${spanTree(trace, span.spanId)}
    </section>
    <section aria-labelledby="attributes">
      <h2 id="attributes">Attributes</h2>
      <details>
        <summary>All ${Object.keys(span.attributes).length} attributes of the span</summary>
        ${attributeTable('Attributes of the span', span.attributes)}
      </details>
      <p><a href="/api/calls/${span.traceId}/${span.spanId}">This call as JSON</a></p>
    </section>`;
}

function verdict({ call }: CallDetail): Html {
  const acted =
    call.patternId === null ? NOTHING : html`by pattern ${patternLink(call.patternId, call.patternVersion)}`;
  const held = call.bypassReason === null ? NOTHING : html`(${call.bypassReason})`;
  const outcome =
    call.status === 'ok'
      ? html`<span class="ok">succeeded</span>`
      : html`<span class="failed">failed</span> ${call.errorType ?? ''}`;
  return html`<p class="verdict">
    ${decision(call.decision)} ${acted} ${held} · ${outcome} · ${duration(call.durationMs)}
  </p>`;
}

function patternLink(id: string, version: number | null): Html {
  return html`<a href="/?pattern=${encodeURIComponent(id)}">${id}</a
    >${version === null ? '' : ` v${version}`}`;
}

function errorSection({ call, span }: CallDetail): Html {
  return html`<section aria-labelledby="error" class="error">
    <h2 id="error">Error</h2>
    <p><strong>${call.errorType ?? 'error'}</strong></p>
    <pre>${call.errorMessage ?? (span.statusMessage || 'The span gives no message.')}</pre>
  </section>`;
}

function facts({ call, span }: CallDetail, now: number): Html {
  const seconds = (name: string): Html => {
    const value = span.attributes[name];
    return typeof value === 'number' ? html`${duration(value * 1_000)}` : dash();
  };
  const rows: readonly (readonly [string, Html])[] = [
    ['Provider', html`${call.provider}`],
    ['API', orDash(call.api)],
    ['Operation', html`${call.operation}`],
    ['Model asked for', orDash(call.modelAsked)],
    ['Model sent', orDash(call.modelSent)],
    ['Model that answered', orDash(text(span, GEN_AI.responseModel))],
    ['Pattern', call.patternId === null ? dash() : patternLink(call.patternId, call.patternVersion)],
    ['Confidence', orDash(call.confidence)],
    ['Started', time(call.startedAt, now)],
    ['Duration', html`${duration(call.durationMs)}`],
    ['Time to first chunk', seconds(GEN_AI.responseTimeToFirstChunk)],
    ['Time Arc took to match', seconds(ARC.matchDuration)],
    ['Tokens in', orDash(call.inputTokens)],
    ['Tokens out', orDash(call.outputTokens)],
    ['Finish reasons', orDash(text(span, GEN_AI.responseFinishReasons))],
    ['Service', html`${call.service}`],
    ['Trace', html`<code>${call.traceId}</code>`],
    ['Span', html`<code>${call.spanId}</code>`],
  ];
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function text(span: SpanView, name: string): string | undefined {
  const value = span.attributes[name];
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.map(valueText).join(', ') : valueText(value);
}

function eventSection({ span, logs }: CallDetail, now: number): Html {
  const items = [
    ...span.events.map(({ at, name, attributes }) => ({ at, name, attributes })),
    ...logs.map(({ at, eventName, severity, body, attributes }) => ({
      at,
      name: eventName || severity,
      attributes: body === null ? attributes : { ...attributes, body },
    })),
  ].sort((left, right) => (left.at < right.at ? -1 : 1));
  if (items.length === 0) return NOTHING;
  return html`<section aria-labelledby="events">
    <h2 id="events">Events</h2>
    <ol class="events">
      ${items.map(
        ({ at, name, attributes }) =>
          html`<li>
            <p><strong>${name}</strong> ${time(at, now)}</p>
            ${Object.keys(attributes).length > 0 ? attributeTable(`Attributes of ${name}`, attributes) : NOTHING}
          </li>`,
      )}
    </ol>
  </section>`;
}

function attributeTable(label: string, attributes: Attributes): Html {
  const entries = Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));
  const table = html`<table class="attributes">
    <caption class="sr">
      ${label}
    </caption>
    <thead class="sr">
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Value</th>
      </tr>
    </thead>
    <tbody>
      ${entries.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row"><code>${name}</code></th>
            <td><code>${valueText(value)}</code></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
  return scrollable(label, table);
}
