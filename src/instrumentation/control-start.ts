import { diag } from '@opentelemetry/api';
import type { ArcStatus } from '../contract/status.js';
import type { ArcInstrumentation } from './arc-instrumentation.js';
import { isBundled } from './bundled.js';
import type { ControlClient } from './control/control-client.js';

/** The control channel as the rest of the process sees it. */
export type Control = Pick<ControlClient, 'state' | 'statusChanged'>;

/** Counters, patched SDKs and the last flush are told to Core this often, in milliseconds. */
const REPORT_EVERY_MS = 5_000;

/** The application starts first: the control channel and what it needs are loaded this much later, in milliseconds. */
const START_DELAY_MS = 20;

/** Connects to Arc Core, unless the address is `none`; packs it hands down join the ones the process has. */
export function startControl(instrumentation: ArcInstrumentation, status: () => ArcStatus): Control {
  const { controlUrl } = instrumentation.options.options;
  if (controlUrl === 'none') return withoutControl('none');
  if (isBundled()) return withoutControl('none: not to be had in a bundle');
  let client: ControlClient | undefined;
  setTimeout(() => {
    try {
      client = openClient(instrumentation, status);
    } catch (error) {
      diag.error('arc: the control channel did not start: %s', String(error));
    }
  }, START_DELAY_MS).unref();
  return {
    state: () => client?.state() ?? `connecting ${controlUrl}`,
    statusChanged: () => client?.statusChanged(),
  };
}

function withoutControl(state: string): Control {
  return { state: () => state, statusChanged: () => undefined };
}

function openClient(instrumentation: ArcInstrumentation, status: () => ArcStatus): ControlClient {
  const { controlUrl, controlPollMs } = instrumentation.options.options;
  const { createControlClient } =
    require('./control/control-client.js') as typeof import('./control/control-client.js');
  const { applyReceived } = require('./packs/control-packs.js') as typeof import('./packs/control-packs.js');
  const client = createControlClient({
    url: controlUrl,
    pollMs: controlPollMs,
    status,
    apply: (received) => applyReceived(instrumentation.packs, received),
    log: (message) => diag.debug(message),
  });
  setInterval(() => client.statusChanged(), REPORT_EVERY_MS).unref();
  return client;
}
