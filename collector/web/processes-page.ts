import type { PackReport, ProcessView } from '../control/process-view.js';
import { orDash, time } from './format.js';
import { html, type Html } from './html.js';
import { emptyState, scrollable } from './layout.js';

/** What pages say that need the control channel when there is none. */
export function noControl(): Html {
  return emptyState(
    'No control channel is configured.',
    html`<p>This Arc Core takes telemetry only; it hands no packs to processes. Start it with:</p>
      <pre><code>arc core</code></pre>`,
  );
}

/** The processes that talk to this Core. */
export function processesPage(processes: readonly ProcessView[], now: number): Html {
  if (processes.length === 0) {
    return emptyState(
      'No process has connected.',
      html`<p>A process connects by itself when it starts with Arc and can reach this Core:</p>
        <pre><code>node --require arc/otel-register app.js</code></pre>
        <p>Elsewhere than on this machine, set <code>ARC_CONTROL_URL</code> for it.</p>`,
    );
  }
  const table = html`<table>
    <caption>
      Processes that report to this Core
    </caption>
    <thead>
      <tr>
        <th scope="col">Process</th>
        <th scope="col">Connection</th>
        <th scope="col">Mode</th>
        <th scope="col">Packs</th>
        <th scope="col">SDKs</th>
        <th scope="col">Versions</th>
        <th scope="col">Last seen</th>
      </tr>
    </thead>
    <tbody>
      ${processes.map((process) => processRow(process, now))}
    </tbody>
  </table>`;
  return scrollable('Processes', table);
}

function processRow(process: ProcessView, now: number): Html {
  const { status } = process;
  return html`<tr data-row>
    <th scope="row">${process.serviceName} <span class="sub">pid ${process.pid ?? 'unknown'}</span></th>
    <td>
      ${process.connected ? html`<span class="ok">connected</span>` : html`<span class="none">gone</span>`}
      <span class="sub">${process.transport}</span>
      ${process.lastError ? html`<span class="sub">${process.lastError}</span>` : ''}
    </td>
    <td>${status ? html`${status.enabled ? status.mode : 'disabled'}` : orDash(null)}</td>
    <td>${packList(process)}</td>
    <td>${orDash(sdkText(process))}</td>
    <td>
      ${status ? html`Arc ${status.arcVersion} <span class="sub">Node ${status.nodeVersion}</span>` : orDash(null)}
    </td>
    <td>${time(process.lastSeenAt, now)}</td>
  </tr>`;
}

/** Packs from Core with their state, then those the process has from elsewhere. */
function packList({ packs, status }: ProcessView): Html {
  const reported = new Set(packs.map(({ name }) => name));
  const own = (status?.packs ?? []).filter(({ name }) => !reported.has(name));
  if (packs.length + own.length === 0) return orDash(null);
  return html`<ul class="flat">
    ${packs.map(reportItem)}
    ${own.map(({ name, version, origin }) => html`<li>${name} ${version} <span class="sub">${origin}</span></li>`)}
  </ul>`;
}

function reportItem({ name, version, status, message }: PackReport): Html {
  const state =
    status === 'failed' ? html`<span class="failed">failed</span>` : html`<span class="sub">${status}</span>`;
  return html`<li>${name} ${version ?? ''} ${state} ${message ?? ''}</li>`;
}

function sdkText({ status }: ProcessView): string {
  return (status?.sdks ?? []).map(({ module, version }) => `${module} ${version ?? 'unknown'}`).join(', ');
}
