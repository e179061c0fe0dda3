/** Explicit wrapping of one client, for bundled programs and clients made before Arc was loaded. */
export { flush, wrap } from './instrumentation/arc-process.js';
