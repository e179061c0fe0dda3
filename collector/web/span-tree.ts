import type { SpanView } from '../api/call-view.js';
import { duration } from './format.js';
import { html, type Html } from './html.js';
import { scrollable } from './layout.js';

/** Deepest indentation; the style sheet knows no more steps. */
const MAX_INDENT = 10;

/** The trace of a call as a table in tree order, with a bar for when each span ran. */
export function spanTree(trace: readonly SpanView[], currentSpanId: string): Html {
  const start = Math.min(...trace.map(startMs));
  const end = Math.max(...trace.map((span) => startMs(span) + span.durationMs));
  const scale = { start, length: Math.max(end - start, 0.001) };
  const table = html`<table class="tree">
    <caption>
      ${trace.length === 1 ? '1 span' : `${trace.length} spans`} of the trace, children below their parent
    </caption>
    <thead>
      <tr>
        <th scope="col">Span</th>
        <th scope="col">Service</th>
        <th scope="col">Result</th>
        <th scope="col" class="num">Duration</th>
        <th scope="col" class="wide">When</th>
      </tr>
    </thead>
    <tbody>
      ${trace.map((span) => spanRow(span, span.spanId === currentSpanId, scale))}
    </tbody>
  </table>`;
  return scrollable('Spans of the trace', table);
}

interface Scale {
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds. */
  readonly length: number;
}

function spanRow(span: SpanView, current: boolean, scale: Scale): Html {
  const level = html`<span class="sr">level ${span.depth + 1}: </span>`;
  const name = current
    ? html`<strong>${span.name}</strong> <span class="sub">this call</span>`
    : html`${span.name}`;
  return html`<tr>
    <th scope="row" class="d${Math.min(span.depth, MAX_INDENT)}">
      ${level}${name} <span class="sub">${span.kind}</span>
    </th>
    <td>${span.service}</td>
    <td>
      ${span.status === 'error' ? html`<span class="failed">failed</span>` : html`<span class="ok">ok</span>`}
    </td>
    <td class="num">${duration(span.durationMs)}</td>
    <td class="wide">${bar(span, current, scale)}</td>
  </tr>`;
}

/** SVG, since its attributes are no inline style, which the content security policy forbids. */
function bar(span: SpanView, current: boolean, { start, length }: Scale): Html {
  const x = ((startMs(span) - start) / length) * 100;
  const width = Math.max((span.durationMs / length) * 100, 0.5);
  return html`<svg class="bar" width="100%" height="10" aria-hidden="true" focusable="false">
    <rect
      class="${current ? 'current' : 'other'}"
      x="${Math.min(x, 99.5).toFixed(2)}%"
      y="1"
      width="${width.toFixed(2)}%"
      height="8"
      rx="2"
    />
  </svg>`;
}

function startMs(span: SpanView): number {
  // Date knows milliseconds only; the microseconds stand in the last three digits.
  return Date.parse(span.startedAt) + Number(span.startedAt.slice(-4, -1)) / 1_000;
}
