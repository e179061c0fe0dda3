import type { Lesson } from '../store/store.js';
import { count, orDash, time } from './format.js';
import { html, type Html, NOTHING } from './html.js';
import { scrollable } from './layout.js';

/** What processes learned from refusals; nothing where they learned nothing. */
export function lessonsSection(lessons: readonly Lesson[], now: number): Html {
  if (lessons.length === 0) return NOTHING;
  const table = html`<table>
    <caption>
      What providers refused and Arc repaired by their own words, the latest first
    </caption>
    <thead>
      <tr>
        <th scope="col">Pattern</th>
        <th scope="col">Refused</th>
        <th scope="col">Service</th>
        <th scope="col" class="num">Learned</th>
        <th scope="col" class="num">Repaired since</th>
        <th scope="col">Last learned</th>
      </tr>
    </thead>
    <tbody>
      ${lessons.map((lesson) => lessonRow(lesson, now))}
    </tbody>
  </table>`;
  return html`<section aria-labelledby="learned">
    <h2 id="learned">Learned from refusals</h2>
    ${scrollable('Learned from refusals', table)}
    <p class="hint">As a pack file: <code>arc packs learned --yaml</code></p>
  </section>`;
}

function lessonRow({ patternId, pattern, example, services, ...lesson }: Lesson, now: number): Html {
  const { traceId, spanId, status, message } = example;
  return html`<tr data-row>
    <th scope="row">
      <a href="/calls/${traceId}/${spanId}">${patternId}</a>
      <span class="sub">${pattern.description ?? ''}</span>
    </th>
    <td>${orDash(status)} ${message ?? ''}</td>
    <td>${services.join(', ')}</td>
    <td class="num">${count(lesson.times)}</td>
    <td class="num">
      <a href="/?pattern=${encodeURIComponent(patternId)}">${count(lesson.repaired)}</a>
    </td>
    <td>${time(lesson.lastSeen, now)}</td>
  </tr>`;
}
