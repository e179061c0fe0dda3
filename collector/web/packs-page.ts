import type { PackInfo } from '../../src/contract/pattern.js';
import type { ProcessView } from '../control/process-view.js';
import { count } from './format.js';
import { html, type Html } from './html.js';
import { emptyState, scrollable } from './layout.js';

/** Digits of a hash that are shown; enough to tell packs of one name apart. */
const SHORT_HASH = 12;

/** The packs this Core hands out, and how many processes run each. */
export function packsPage(packs: readonly PackInfo[], processes: readonly ProcessView[]): Html {
  if (packs.length === 0) {
    return emptyState(
      'This Core hands out no packs.',
      html`<p>
          Processes run their built-in patterns. To hand patterns of your own to every connected process:
        </p>
        <pre><code>arc packs add my-patterns.yaml</code></pre>`,
    );
  }
  const table = html`<table>
    <caption>
      Packs handed to connected processes
    </caption>
    <thead>
      <tr>
        <th scope="col">Pack</th>
        <th scope="col">Version</th>
        <th scope="col" class="num">Patterns</th>
        <th scope="col" class="num">Running in</th>
        <th scope="col" class="num">Failed in</th>
        <th scope="col">Hash</th>
      </tr>
    </thead>
    <tbody>
      ${packs.map((pack) => packRow(pack, processes))}
    </tbody>
  </table>`;
  return html`${scrollable('Packs', table)}
    <p class="hint">To take one back from every process: <code>arc packs remove NAME</code></p>`;
}

function packRow(pack: PackInfo, processes: readonly ProcessView[]): Html {
  const reports = processes
    .filter(({ connected }) => connected)
    .map(({ packs }) => packs.find(({ name }) => name === pack.name));
  const running = reports.filter((report) => report?.hash === pack.hash).length;
  const failed = reports.filter((report) => report?.status === 'failed').length;
  return html`<tr data-row>
    <th scope="row">${pack.name}</th>
    <td>${pack.version}</td>
    <td class="num">${count(pack.patterns)}</td>
    <td class="num">${count(running)} of ${count(reports.length)}</td>
    <td class="num">${failed === 0 ? html`0` : html`<span class="failed">${count(failed)}</span>`}</td>
    <td><code>${pack.hash.slice(0, SHORT_HASH)}</code></td>
  </tr>`;
}
