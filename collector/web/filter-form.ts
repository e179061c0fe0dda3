import { DECISIONS } from '../api/query.js';
import type { FilterValues } from '../store/store.js';
import { html, type Html } from './html.js';

/** Ages offered as the start of the list. */
const AGES = [
  ['15m', 'last 15 minutes'],
  ['1h', 'last hour'],
  ['24h', 'last 24 hours'],
  ['7d', 'last 7 days'],
] as const;

const STATUSES = [
  ['ok', 'succeeded'],
  ['error', 'failed'],
] as const;

type Choice = readonly [value: string, label: string];

/** The filters of the list of calls, as a form that needs no script. */
export function filterForm(params: URLSearchParams, values: FilterValues): Html {
  const choose = (name: string, label: string, choices: readonly Choice[]): Html =>
    select(name, label, choices, params.get(name) ?? '');
  return html`<form class="filters" method="get" action="/" role="search" aria-label="Filter calls">
    <label class="search"
      >Search
      <input
        type="search"
        name="q"
        value="${params.get('q') ?? ''}"
        maxlength="300"
        placeholder="model, error, pattern"
      />
    </label>
    ${choose('decision', 'Decision', DECISIONS.map(same))} ${choose('status', 'Result', STATUSES)}
    ${choose('provider', 'Provider', values.providers.map(same))}
    ${choose('model', 'Model', values.models.map(same))}
    ${choose('service', 'Service', values.services.map(same))}
    ${choose('pattern', 'Pattern', values.patterns.map(same))} ${choose('since', 'Since', AGES)}
    <span class="buttons"><button type="submit">Filter</button> <a href="/">Clear</a></span>
  </form>`;
}

function same(value: string): Choice {
  return [value, value];
}

function select(name: string, label: string, choices: readonly Choice[], chosen: string): Html {
  // A value that came by a link stays in force although it is none of the choices.
  const all =
    chosen === '' || choices.some(([value]) => value === chosen) ? choices : [...choices, same(chosen)];
  return html`<label
    >${label}
    <select name="${name}">
      <option value="">any</option>
      ${all.map(([value, text]) => option(value, text, value === chosen))}
    </select>
  </label>`;
}

function option(value: string, text: string, selected: boolean): Html {
  return selected
    ? html`<option value="${value}" selected>${text}</option>`
    : html`<option value="${value}">${text}</option>`;
}
