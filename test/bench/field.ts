import type { AddedCost } from './added-cost.js';
import type { Job } from './job.js';
import type { SetupName } from './launches.js';
import { arePeersInstalled, INSTALL, PEERS, titleOf } from './peers.js';
import type { Row } from './report.js';

/** What all contestants of a field do alike. */
export type FieldJob = Omit<Job, 'setup' | 'temperature'>;

/** Contestants side by side, and rows for those that could not come. */
export interface Field extends Pick<AddedCost<string>, 'jobs' | 'bare' | 'floor' | 'bareOf' | 'mayFail'> {
  readonly absent: readonly Row[];
}

const BARE = 'bare client';
const BARE_6 = 'bare client, openai 6';
const FLOOR = 'OpenTelemetry span by hand (floor)';
const METERED = 'OpenTelemetry span and metrics by hand';
const REPAIRED = 'Arc, request repaired';

/** A built-in pattern leaves the first alone and repairs the second. */
const HEALTHY = 0.2;
const FAILING = 0.95;

/** The client, a span by hand and Arc; the second bare client shows how much of a figure is chance. */
function ownField(job: FieldJob): Field {
  const arc: SetupName = job.exported ? 'arc-preloaded' : 'arc';
  const unmetered: SetupName = job.exported ? 'arc-preloaded-no-metrics' : 'arc-no-metrics';
  const healthy = (setup: SetupName): Job => ({ ...job, setup, temperature: HEALTHY });
  const failing = (setup: SetupName): Job => ({ ...job, setup, temperature: FAILING });
  return {
    jobs: {
      [BARE]: healthy('bare'),
      'bare client again': healthy('bare'),
      [FLOOR]: healthy('otel-span'),
      [METERED]: healthy('otel-span-metrics'),
      'Arc, ARC_DISABLE=1': healthy('arc-disabled'),
      'Arc, no pattern matches': healthy(arc),
      [REPAIRED]: failing(arc),
      'Arc, request repaired, no metrics': failing(unmetered),
    },
    bare: BARE,
    floor: FLOOR,
    absent: [],
  };
}

/** The bare client, the span by hand and Arc at work, where a whole field would take too long. */
export function shortField(job: FieldJob): Field {
  const { jobs, ...field } = ownField(job);
  const kept = [BARE, FLOOR, METERED, REPAIRED];
  return { ...field, jobs: Object.fromEntries(Object.entries(jobs).filter(([name]) => kept.includes(name))) };
}

/** The client, a span by hand, Arc, and every peer, each beside a bare client of the major it knows. */
export function wholeField(job: FieldJob): Field {
  const own = ownField(job);
  const peers = PEERS.filter(({ gateway }) => gateway === undefined || job.overHttp);
  if (!arePeersInstalled()) {
    const note = `not installed: ${INSTALL}`;
    return { ...own, absent: peers.map((peer) => ({ name: titleOf(peer), figures: {}, note })) };
  }
  const of = (setup: SetupName): Job => ({ ...job, setup, temperature: HEALTHY });
  const older = peers.filter(({ openai }) => openai === 6).map(titleOf);
  return {
    ...own,
    jobs: {
      ...own.jobs,
      ...Object.fromEntries(
        peers.filter(({ openai }) => openai === 7).map((peer) => [titleOf(peer), of(peer.setup)]),
      ),
      [BARE_6]: of('bare-openai-6'),
      ...Object.fromEntries(
        peers.filter(({ openai }) => openai === 6).map((peer) => [titleOf(peer), of(peer.setup)]),
      ),
    },
    bareOf: Object.fromEntries([BARE_6, ...older].map((name) => [name, BARE_6])),
    mayFail: new Set(peers.map(titleOf)),
  };
}
