import type { Match } from '../../../contract/pattern.js';
import { proposeRepair } from '../propose-repair.js';
import { type Refused, type Remedy } from '../refused.js';

/** What a provider says of the shape of a request, and the repairs that give it that shape, best first. */
interface Structure {
  readonly when: RegExp;
  /** `operation.name`; one that changes nothing in this request, or that this version lacks, is passed over. */
  readonly repairs: readonly string[];
  /** What the request must have; read off the repair where it is left out. */
  readonly match?: Match;
}

/** One line for each rule of a shape, whatever words the providers put it in. */
const STRUCTURES: readonly Structure[] = [
  {
    when: /tool_use. ids were found without|tool_calls?.{0,40}must be followed by tool messages|did not have response messages|no tool output found|toolresult.{0,40}(?:missing|expected)|insufficient tool messages|not the same number of function calls/i,
    repairs: ['messages.answer_open_tool_calls'],
  },
  {
    when: /unexpected .{0,3}tool_use_id|must have a corresponding .{0,3}tool_use|role .{0,3}tool.{0,3} must be a response|no tool call found for|unexpected role .{0,3}tool|tool.{0,20}(?:does not|doesn.t) (?:match|have).{0,40}(?:tool_call|previous)|number of toolresult blocks.{0,60}exceeds/i,
    repairs: ['messages.drop_orphan_tool_results'],
  },
  {
    when: /non-empty content|text content blocks must (?:be non-empty|contain)|empty text blocks|text field in the contentblock object.{0,60}is blank|content field in the message object.{0,60}is empty|content.{0,40}(?:must|cannot|can.t|should).{0,20}(?:be )?(?:not be )?(?:empty|blank)|must have either content or tool_calls|content is (?:empty|a required)|parts.{0,20}must not be empty|expected a string, got null|whitespace text/i,
    repairs: ['messages.drop_empty'],
  },
  {
    when: /trailing whitespace/i,
    repairs: ['messages.trim_final_assistant'],
  },
  {
    when: /unexpected role .{0,3}(?:system|developer)|system messages? (?:must|should|can only) be (?:at the )?(?:first|beginning|start)|system role (?:is )?not supported|roles must be either .{0,3}user.{0,12}assistant/i,
    repairs: ['messages.hoist_system'],
  },
  {
    when: /tools.{0,60}(?:empty array|too short|non-empty|at least (?:one|1)|minimum (?:length|number))|extra.{0,40}tools/i,
    repairs: ['tools.drop_empty'],
    match: { tools: { length: 0 } },
  },
  {
    when: /(?:tool_choice|parallel_tool_calls|function_call).{0,60}(?:only allowed when|requires?|without|when) .{0,3}(?:tools|functions)|tool_choice.{0,40}no tools/i,
    repairs: ['tools.drop_choice_without_tools'],
    match: {
      any: [{ tools: { exists: false } }, { tools: { length: 0 } }],
      all: [{ any: [{ tool_choice: { exists: true } }, { parallel_tool_calls: { exists: true } }] }],
    },
  },
  {
    when: /stream_options.{0,60}(?:only allowed|only be|requires?|when).{0,20}stream/i,
    repairs: ['parameters.drop_idle_stream_options'],
    match: { stream_options: { exists: true }, stream: { '!=': true } },
  },
  {
    when: /additionalproperties.{0,40}is required to be supplied|.{0,3}required.{0,3} is required to be supplied|additionalproperties.{0,40}must be.{0,20}false/i,
    repairs: ['tools.strict_schema'],
  },
];

/** Names the repair for what the provider says of a request's shape. */
export const structure: readonly ((refused: Refused) => Remedy | undefined)[] = STRUCTURES.flatMap(
  ({ when, repairs, match }) =>
    repairs.map(
      (repair) => (refused: Refused) =>
        when.test(refused.text) ? proposeRepair(refused.view, repair, match) : undefined,
    ),
);
