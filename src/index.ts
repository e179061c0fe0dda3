/**
 * Arc: an OpenTelemetry instrumentation that repairs LLM requests known to fail, inside their span, before they leave.
 * @packageDocumentation
 */
export { ArcInstrumentation, type ArcInstrumentationConfig } from './instrumentation/arc-instrumentation.js';
export { flush, registerPattern, status, wrap } from './instrumentation/arc-process.js';
export { handOff, withArcContext, type ArcContext, type HandOff } from './instrumentation/context.js';
export {
  ArcError,
  PackError,
  type ArcErrorCode,
  type PackProblem,
  type Position,
} from './contract/errors.js';
export type { FixOperation } from './contract/fix.js';
export type { ArcOptions, ResolvedOptions } from './contract/options.js';
export type {
  Condition,
  FieldReference,
  JsonTypeName,
  Match,
  Mode,
  Operators,
  PackInfo,
  PackOrigin,
  PatternDefinition,
  PatternShorthand,
  Similar,
} from './contract/pattern.js';
export type { Json, RequestContext } from './contract/request.js';
export type { MessageRepair, ParameterRepair, RepairSpec, ToolRepair } from './contract/repairs.js';
export type { ArcStatus, SdkStatus, SettingStatus, TelemetryStatus } from './contract/status.js';
