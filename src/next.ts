/**
 * Arc in a Next.js application: `export { register } from 'arc/next'` in `instrumentation.ts`, and
 * `export default withArc(nextConfig)` in `next.config`.
 * @packageDocumentation
 */
export { register, withArc, type CompletedConfig, type NextConfigPart } from './instrumentation/next.js';
