import type { ArcStatus } from '../../../src/contract/status.js';
import {
  createControlClient,
  type ControlClient,
} from '../../../src/instrumentation/control/control-client.js';
import type { ApplyResult, ReceivedPack } from '../../../src/instrumentation/control/pack-offer.js';
import { createPackHolder, type PackHolder } from '../../../src/patterns/pack-holder.js';
import { parsePack } from '../../../src/patterns/parse-pack.js';

/** A process as far as the control channel can tell: a real client and a real pack holder. */
export interface ProcessDouble {
  readonly client: ControlClient;
  readonly holder: PackHolder;
  /** The pack lists `apply` was called with, by `name@version`. */
  readonly applied: readonly (readonly string[])[];
  readonly logged: readonly string[];
}

/** Starts one. */
export function startProcessDouble(url: string, serviceName = 'shop', pollMs = 50): ProcessDouble {
  const holder = createPackHolder();
  const applied: string[][] = [];
  const logged: string[] = [];
  const status = (): ArcStatus => statusOf(serviceName, holder);
  const apply = (packs: readonly ReceivedPack[]): readonly ApplyResult[] => {
    applied.push(packs.map(({ name, version }) => `${name}@${version}`));
    return applyTo(holder, packs);
  };
  const client = createControlClient({ url, pollMs, status, apply, log: (message) => logged.push(message) });
  return { client, holder, applied, logged };
}

/** Brings a holder to exactly these packs; one that does not load leaves the one that runs. */
export function applyTo(holder: PackHolder, packs: readonly ReceivedPack[]): readonly ApplyResult[] {
  const wanted = new Set(packs.map(({ name }) => name));
  for (const { name } of holder.packs()) if (!wanted.has(name)) holder.remove(name);
  return packs.map(({ name, text }): ApplyResult => {
    try {
      holder.put(parsePack(text, name), 'control');
      return { name, outcome: 'installed' };
    } catch (error) {
      return { name, outcome: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  });
}

function statusOf(serviceName: string, holder: PackHolder): ArcStatus {
  return {
    arcVersion: '0.1.0',
    serviceName,
    pid: process.pid,
    nodeVersion: process.version,
    startedAt: '2026-01-01T00:00:00.000Z',
    enabled: true,
    mode: 'apply',
    packs: holder.packs(),
    sdks: [],
    settings: [],
    telemetry: { exporter: 'none', spansExported: 0, spansFailed: 0 },
    control: 'test',
    counters: { intercepted: 0, matched: 0, fixed: 0, errors: 0 },
  };
}
