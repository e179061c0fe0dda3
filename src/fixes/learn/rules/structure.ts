import { proposeRepair } from '../propose-repair.js';
import { type Refused, type Remedy } from '../refused.js';
import { STRUCTURES } from '../structures.js';

/** Names the repair for what the provider says of a request's shape: one rule for each, so that the next is tried. */
export const structure: readonly ((refused: Refused) => Remedy | undefined)[] = STRUCTURES.flatMap(
  ({ when, repairs, api, match }) =>
    repairs.map((names) => ({ text, view, subject }: Refused) => {
      if (api !== undefined && !view.api.startsWith(api)) return undefined;
      return when.test(subject === undefined ? text : `${subject}: ${text}`)
        ? proposeRepair(view, names.split(' '), match)
        : undefined;
    }),
);
