/**
 * Preload entry: `node --require arc/otel-register app.js`, or `--import`. With `ARC_DISABLE=1` nothing at all is loaded.
 */
import { isInternalThread } from 'node:worker_threads';
import { NODE_FLOOR, isSupportedNode } from './contract/node-floor.js';
import { isSet } from './instrumentation/environment.js';

if (isSet('ARC_DISABLE') || isInternalThread) {
  // Disabled is the way to find out whether Arc is to blame: nothing more is loaded. Node's loader thread, on which
  // preloaded modules run as well, has nothing to instrument and cannot load ES modules by require.
} else if (isSupportedNode(process.versions.node)) {
  // Loaded only here, so that a disabled Arc leaves no trace in the process.
  try {
    const { start } = require('./instrumentation/start.js') as typeof import('./instrumentation/start.js');
    start();
  } catch (error) {
    sayNotStarted(String(error));
  }
} else {
  sayNotStarted(`Arc needs Node ${NODE_FLOOR} or newer, this is ${process.versions.node}`);
}

function sayNotStarted(reason: string): void {
  process.stderr.write(`arc: not started, the application runs without it. ${reason}\n`);
}
