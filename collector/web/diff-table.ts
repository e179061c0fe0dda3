import type { FieldChange } from '../../src/contract/decision.js';
import { GEN_AI } from '../../src/contract/names.js';
import type { CallDetail } from '../api/call-view.js';
import type { Attributes } from '../store/records.js';
import { valueText } from './format.js';
import { html, type Html } from './html.js';
import { scrollable } from './layout.js';

/** Request parameters a span tells besides those that were changed, by the name most providers give them. */
const PARAMETERS: readonly (readonly [string, string])[] = [
  ['model', GEN_AI.requestModel],
  ['temperature', GEN_AI.requestTemperature],
  ['top_p', GEN_AI.requestTopP],
  ['top_k', GEN_AI.requestTopK],
  ['max_tokens', GEN_AI.requestMaxTokens],
  ['n', GEN_AI.requestChoiceCount],
  ['seed', GEN_AI.requestSeed],
  ['frequency_penalty', GEN_AI.requestFrequencyPenalty],
  ['presence_penalty', GEN_AI.requestPresencePenalty],
  ['stop', GEN_AI.requestStopSequences],
  ['stream', GEN_AI.requestStream],
];

/** The headings of the two sides: a call that was not repaired went out as it was written. */
function sides(kind: string | null): readonly [string, string] {
  return kind === 'fix' ? ['As written', 'As sent'] : ['As written and sent', 'As it would have been sent'];
}

/** The request on two sides: each changed field, then the parameters that stayed. */
export function diffTable({ call, changes, span }: CallDetail): Html {
  const unchanged = unchangedParameters(span.attributes, changes);
  if (changes.length === 0 && unchanged.length === 0)
    return html`<p>The span tells no request parameters.</p>`;
  const [left, right] = changes.length > 0 ? sides(call.decision) : ['As written', 'As sent'];
  const table = html`<table class="diff">
    <caption>
      ${caption(call.decision, changes.length)}
    </caption>
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">${left}</th>
        <th scope="col">${right}</th>
      </tr>
    </thead>
    <tbody>
      ${changes.map(changedRow)} ${unchanged.map(([name, value]) => unchangedRow(name, value))}
    </tbody>
  </table>`;
  return scrollable('Request, as written and as sent', table);
}

function caption(kind: string | null, changed: number): string {
  if (changed === 0) return 'Nothing was changed';
  const fields = changed === 1 ? '1 field' : `${changed} fields`;
  return kind === 'fix'
    ? `${fields} changed before it was sent`
    : `${fields} would have been changed; nothing was`;
}

function changedRow({ path, before, after }: FieldChange): Html {
  return html`<tr class="changed">
    <th scope="row"><code>${path}</code></th>
    <td class="before">${side('−', 'before', before)}</td>
    <td class="after">${side('+', 'after', after)}</td>
  </tr>`;
}

function side(mark: string, word: string, value: unknown): Html {
  if (value === undefined) return html`<span class="none">absent</span>`;
  return html`<span class="mark" aria-hidden="true">${mark}</span><span class="sr">${word}: </span
    ><code>${valueText(value)}</code>`;
}

function unchangedRow(name: string, value: unknown): Html {
  const text = valueText(value);
  return html`<tr>
    <th scope="row"><code>${name}</code></th>
    <td><code>${text}</code></td>
    <td><code>${text}</code> <span class="sub">unchanged</span></td>
  </tr>`;
}

function unchangedParameters(
  attributes: Attributes,
  changes: readonly FieldChange[],
): readonly (readonly [string, unknown])[] {
  const changed = new Set(changes.map(({ path }) => path.split('.', 1)[0]));
  // A parameter that was renamed keeps its attribute, which then describes the new name.
  if (changed.has('max_completion_tokens')) changed.add('max_tokens');
  return PARAMETERS.filter(
    ([name, attribute]) => !changed.has(name) && attributes[attribute] !== undefined,
  ).map(([name, attribute]) => [name, attributes[attribute]]);
}
