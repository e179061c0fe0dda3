export { repairRequest } from './testing.js';
export type { LoggedRequest, PatternDecision, RepairedRequest, RepairOptions } from './testing.js';
