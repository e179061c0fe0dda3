/**
 * Preload entry: `node --require arc/otel-register app.js`, or `--import`. With `ARC_DISABLE=1` nothing at all is loaded.
 */
import { NODE_FLOOR, isSupportedNode } from './contract/node-floor.js';
import { isSet } from './instrumentation/environment.js';

if (isSet('ARC_DISABLE')) {
  // The way to find out whether Arc is to blame: nothing more is loaded.
} else if (!isSupportedNode(process.versions.node)) {
  const floor = `needs Node ${NODE_FLOOR} or newer, this is ${process.versions.node}`;
  process.stderr.write(`arc: not started, the application runs without it. Arc ${floor}\n`);
} else {
  // Loaded only here, so that a disabled Arc leaves no trace in the process.
  try {
    const { start } = require('./instrumentation/start.js') as typeof import('./instrumentation/start.js');
    start();
  } catch (error) {
    process.stderr.write(`arc: not started, the application runs without it. ${String(error)}\n`);
  }
}
