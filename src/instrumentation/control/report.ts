import { hostname } from 'node:os';
import { ARC_VERSION } from '../../contract/package-info.js';
import type { ArcStatus } from '../../contract/status.js';
import { STATUS_CONFIG_KEY } from '../../wire/opamp.js';
import type {
  AgentConfigFile,
  AgentDescription,
  AgentToServer,
  ComponentHealth,
  KeyValue,
  PackageStatuses,
} from '../../wire/opamp-messages.js';

/** The parts of a report; each is sent only when it differs from what was sent last. */
export type Report = Pick<
  Required<AgentToServer>,
  'agentDescription' | 'health' | 'effectiveConfig' | 'packageStatuses'
>;

/** What a report is made of. */
export interface ReportSource {
  /** Undefined when it cannot be told. */
  readonly status: ArcStatus | undefined;
  /** Text form of the instance's UUID. */
  readonly instanceId: string;
  readonly packages: PackageStatuses;
  /** The message of a pack that failed. */
  readonly problem: string | undefined;
}

/** Builds the whole report. Never command lines, environment variables, users or paths. */
export function buildReport({ status, instanceId, packages, problem }: ReportSource): Report {
  return {
    agentDescription: describeProcess(status, instanceId),
    health: describeHealth(status, problem),
    effectiveConfig: { configMap: { configMap: { [STATUS_CONFIG_KEY]: statusFile(status) } } },
    packageStatuses: packages,
  };
}

function statusFile(status: ArcStatus | undefined): AgentConfigFile {
  return { body: Buffer.from(JSON.stringify(status ?? null), 'utf8'), contentType: 'application/json' };
}

function describeProcess(status: ArcStatus | undefined, instanceId: string): AgentDescription {
  return {
    identifyingAttributes: [
      text('service.name', status?.serviceName ?? 'unknown_service'),
      text('service.instance.id', instanceId),
      { key: 'process.pid', value: { intValue: String(process.pid) } },
    ],
    nonIdentifyingAttributes: [
      text('arc.version', ARC_VERSION),
      text('process.runtime.name', 'nodejs'),
      text('process.runtime.version', process.versions.node),
      text('os.type', process.platform === 'win32' ? 'windows' : process.platform),
      text('host.name', hostname()),
    ],
  };
}

function text(key: string, value: string): KeyValue {
  return { key, value: { stringValue: value } };
}

function describeHealth(status: ArcStatus | undefined, problem: string | undefined): ComponentHealth {
  const startedMs = Date.parse(status?.startedAt ?? '');
  const startTimeUnixNano = String(BigInt(Number.isFinite(startedMs) ? startedMs : 0) * 1_000_000n);
  const base = { startTimeUnixNano, status: healthText(status) };
  return problem === undefined ? { ...base, healthy: true } : { ...base, healthy: false, lastError: problem };
}

function healthText(status: ArcStatus | undefined): string {
  if (!status) return 'unknown';
  return status.enabled ? status.mode : 'disabled';
}
