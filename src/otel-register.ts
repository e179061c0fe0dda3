/**
 * Preload entry: `node --require arc/otel-register app.js`, or `--import`. With `ARC_DISABLE=1` nothing at all is loaded.
 */
import { isSet } from './instrumentation/environment.js';

if (!isSet('ARC_DISABLE')) {
  // Loaded only here, so that a disabled Arc leaves no trace in the process.
  try {
    const { start } = require('./instrumentation/start.js') as typeof import('./instrumentation/start.js');
    start();
  } catch (error) {
    process.stderr.write(`arc: not started, the application runs without it. ${String(error)}\n`);
  }
}
