import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { REPO_ROOT } from '../helpers/repo-root.js';
import type { SetupName } from './launches.js';

/** Packages of their own, which the project's install does not touch. */
const FOLDER = join(REPO_ROOT, 'test', 'bench', 'peers');

/** What to type to have them. */
export const INSTALL = 'npm ci --prefix test/bench/peers';

/** Something else that stands around an LLM client, or in front of the model. */
export interface Peer {
  readonly setup: SetupName;
  /** Folder below `test/bench/peers`. */
  readonly folder: string;
  /** The package whose version is shown. */
  readonly package: string;
  /** The newest major of `openai` that it says it knows. */
  readonly openai: 6 | 7;
  /** What is behind the package's name in a row. */
  readonly remark?: string;
  /** Whether it is a process of its own between client and model. */
  readonly gateway?: true;
}

/** All of them. */
export const PEERS: readonly Peer[] = [
  { setup: 'langfuse', folder: 'langfuse', package: '@langfuse/openai', openai: 7 },
  {
    setup: 'openinference',
    folder: 'openinference',
    package: '@arizeai/openinference-instrumentation-openai',
    openai: 7,
  },
  { setup: 'sentry', folder: 'sentry', package: '@sentry/node', openai: 7 },
  { setup: 'datadog', folder: 'datadog', package: 'dd-trace', openai: 7 },
  {
    setup: 'datadog-llm',
    folder: 'datadog',
    package: 'dd-trace',
    openai: 7,
    remark: 'LLM Observability on',
  },
  {
    setup: 'opentelemetry',
    folder: 'opentelemetry',
    package: '@opentelemetry/instrumentation-openai',
    openai: 6,
  },
  { setup: 'traceloop', folder: 'traceloop', package: '@traceloop/instrumentation-openai', openai: 6 },
  {
    setup: 'portkey',
    folder: 'portkey',
    package: '@portkey-ai/gateway',
    openai: 7,
    gateway: true,
    remark: 'a local gateway; its process included',
  },
];

/** Loads packages as a program in a peer's folder would. */
export function loadFrom(folder: string): NodeJS.Require {
  return createRequire(join(FOLDER, folder, 'package.json'));
}

/** Whether the peers are installed. */
export function arePeersInstalled(): boolean {
  return existsSync(join(FOLDER, 'node_modules'));
}

/** Whether one of their packages is installed. */
export function isInstalled(name: string): boolean {
  return existsSync(join(FOLDER, 'node_modules', name));
}

/** The version of a package that a folder asks for. */
export function versionOf(folder: string, name: string): string {
  return manifestOf(folder).dependencies[name] ?? '';
}

/** What a row is called, e.g. `@langfuse/openai 5.11.1`. */
export function titleOf(peer: Peer): string {
  const remarks = [peer.remark, peer.openai === 6 ? 'openai 6' : undefined].filter(Boolean);
  const version = manifestOf(peer.folder).dependencies[peer.package];
  return `${peer.package} ${version}${remarks.length > 0 ? ` (${remarks.join(', ')})` : ''}`;
}

function manifestOf(folder: string): { readonly dependencies: Readonly<Record<string, string>> } {
  // A file of this repository, of this shape.
  return JSON.parse(readFileSync(join(FOLDER, folder, 'package.json'), 'utf8')) as ReturnType<
    typeof manifestOf
  >;
}
