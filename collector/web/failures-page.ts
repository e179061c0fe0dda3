import type { FailureGroup } from '../store/store.js';
import { count, orDash, time } from './format.js';
import { html, type Html } from './html.js';
import { emptyState, scrollable } from './layout.js';

/** Failed calls by what they have in common, the most frequent first. */
export function failuresPage(failures: readonly FailureGroup[], now: number): Html {
  if (failures.length === 0) {
    return emptyState(
      'No call has failed.',
      html`<p>
        When calls fail, they are grouped here by provider, model and error. <a href="/">See all calls</a>
      </p>`,
    );
  }
  const table = html`<table>
    <caption>
      Failed calls in groups, the most frequent first
    </caption>
    <thead>
      <tr>
        <th scope="col" class="num">Calls</th>
        <th scope="col">Error</th>
        <th scope="col">Message</th>
        <th scope="col">Model</th>
        <th scope="col">Provider</th>
        <th scope="col">First seen</th>
        <th scope="col">Last seen</th>
      </tr>
    </thead>
    <tbody>
      ${failures.map((group) => failureRow(group, now))}
    </tbody>
  </table>`;
  return scrollable('Failures', table);
}

function failureRow(group: FailureGroup, now: number): Html {
  const { example } = group;
  const calls = new URLSearchParams({ status: 'error', provider: group.provider });
  if (group.model !== null) calls.set('model', group.model);
  return html`<tr data-row>
    <td class="num"><b>${count(group.count)}</b></td>
    <th scope="row">
      <a href="/calls/${example.traceId}/${example.spanId}">${group.errorType ?? 'error'}</a>
      <span class="sub">latest example</span>
    </th>
    <td class="message">${orDash(group.messageClass)}</td>
    <td><a class="plain" href="/?${calls.toString()}">${group.model ?? 'no model'}</a></td>
    <td>${group.provider}</td>
    <td>${time(group.firstSeen, now)}</td>
    <td>${time(group.lastSeen, now)}</td>
  </tr>`;
}
