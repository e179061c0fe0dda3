import type { ToolRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { completeSchemas, mergeRootChoices } from './repairs/complete-schemas.js';
import { dropAbsentChoice } from './repairs/drop-absent-choice.js';
import { dropChoiceWithoutTools } from './repairs/drop-choice-without-tools.js';
import { dropEmptyTools } from './repairs/drop-empty-tools.js';
import { dropRepeatedTools } from './repairs/drop-repeated-tools.js';
import { relaxStrict } from './repairs/relax-strict.js';
import type { Repair } from './repairs/repair.js';
import { standardNames } from './repairs/standard-names.js';
import { standardShape } from './repairs/standard-shape.js';
import { strictSchema } from './repairs/strict-schema.js';
import { addParameters, dropStrayToolFields, typeInAnyOf } from './repairs/tool-parameters.js';
import { keep128, shortenDescriptions } from './repairs/tool-limits.js';

const REPAIRS: { readonly [Name in ToolRepair]: Repair } = {
  drop_empty: dropEmptyTools,
  drop_choice_without_tools: dropChoiceWithoutTools,
  strict_schema: strictSchema,
  drop_repeated: dropRepeatedTools,
  drop_stray_fields: dropStrayToolFields,
  add_parameters: addParameters,
  type_in_any_of: typeInAnyOf,
  relax_strict: relaxStrict,
  complete_schemas: completeSchemas,
  merge_root_choices: mergeRootChoices,
  standard_shape: standardShape,
  standard_names: standardNames,
  drop_absent_choice: dropAbsentChoice,
  keep_128: keep128,
  shorten_descriptions: shortenDescriptions,
};

/** Runs one repair of tools or schemas: pure, idempotent, the same object when there is nothing to repair. */
export function repairTools(api: string, params: Fields, repair: ToolRepair): Fields {
  return REPAIRS[repair](api, params);
}
