import type { Lesson, PatternActivity } from '../store/store.js';
import { count, orDash, time } from './format.js';
import { html, type Html } from './html.js';
import { emptyState, scrollable } from './layout.js';
import { lessonsSection } from './lessons-section.js';

/** The decisions a pattern can take part in, each a column. */
const COLUMNS = [
  ['fix', 'Fixed'],
  ['shadow', 'Shadow'],
  ['control', 'Control'],
  ['bypass', 'Held back'],
] as const;

/** What each pattern did, and what was learned. */
export function patternsPage(
  patterns: readonly PatternActivity[],
  lessons: readonly Lesson[],
  now: number,
): Html {
  return html`${activity(patterns, now)} ${lessonsSection(lessons, now)}`;
}

function activity(patterns: readonly PatternActivity[], now: number): Html {
  if (patterns.length === 0) {
    return emptyState(
      'No pattern has matched a call yet.',
      html`<p>Processes carry built-in patterns. To hand them one of your own:</p>
        <pre><code>arc packs add my-patterns.yaml</code></pre>`,
    );
  }
  const table = html`<table>
    <caption>
      How often each pattern acted, the busiest first
    </caption>
    <thead>
      <tr>
        <th scope="col">Pattern</th>
        <th scope="col" class="num">Version</th>
        <th scope="col" class="num">Calls</th>
        ${COLUMNS.map(([, name]) => html`<th scope="col" class="num">${name}</th>`)}
        <th scope="col" class="num">Failed after fix</th>
        <th scope="col">Last seen</th>
      </tr>
    </thead>
    <tbody>
      ${patterns.map((pattern) => patternRow(pattern, now))}
    </tbody>
  </table>`;
  return scrollable('Patterns', table);
}

function patternRow(pattern: PatternActivity, now: number): Html {
  const id = encodeURIComponent(pattern.patternId);
  const failed = pattern.errorsAfterFix;
  return html`<tr data-row>
    <th scope="row"><a href="/?pattern=${id}">${pattern.patternId}</a></th>
    <td class="num">${orDash(pattern.version)}</td>
    <td class="num"><b>${count(pattern.calls)}</b></td>
    ${COLUMNS.map(([kind]) => html`<td class="num">${count(pattern.decisions[kind] ?? 0)}</td>`)}
    <td class="num">
      ${failed === 0 ? html`0` : html`<a class="failed" href="/?pattern=${id}&amp;decision=fix&amp;status=error">${count(failed)}</a>`}
    </td>
    <td>${time(pattern.lastSeen, now)}</td>
  </tr>`;
}
