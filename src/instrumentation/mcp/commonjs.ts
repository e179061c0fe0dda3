import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { isRecord, record, text } from '../adapters/shape.js';
import { MCP_MODULE } from './definitions.js';

/** Told about a file of the SDK that was required. */
export type OnRequired = (moduleExports: unknown, version: string | undefined) => void;

/**
 * Watches for CommonJS copies of the SDK. The hook of the base class passes this package over: its main entry names a
 * file that does not exist. Node itself tells of every `require`, on a channel made for tracing.
 * @param required - must not throw: on this channel that would end the process.
 */
export function watchCommonJs(required: OnRequired): void {
  subscribe('tracing:module.require:end', (event) => {
    const { id, parentFilename, result } = record(event);
    if (typeof id !== 'string' || !id.endsWith('shared/protocol.js') || !isRecord(result)) return;
    required(result, versionOf(id, text(parentFilename)));
  });
}

/** The version of the package that holds a required file. */
function versionOf(id: string, parent: string | undefined): string | undefined {
  if (parent === undefined) return undefined;
  try {
    const load = createRequire(parent);
    return findVersion(load, dirname(load.resolve(id)));
  } catch {
    return undefined;
  }
}

/** The folders of the two module formats have package files of their own, without a name. */
function findVersion(load: NodeJS.Require, folder: string): string | undefined {
  const above = dirname(folder);
  if (above === folder) return undefined;
  try {
    const { name, version } = record(load(`${folder}/package.json`));
    if (name === MCP_MODULE) return text(version);
  } catch {
    // No package file here: the one above may be it.
  }
  return findVersion(load, above);
}
