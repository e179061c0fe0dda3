export { learnFromRefusal, repairRequest } from './testing.js';
export type {
  LearnSettings,
  Lesson,
  LoggedRequest,
  PatternDecision,
  Refusal,
  RefusedRequest,
  RepairedRequest,
  RepairOptions,
} from './testing.js';
