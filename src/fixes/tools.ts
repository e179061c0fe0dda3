import type { ToolRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { dropChoiceWithoutTools } from './repairs/drop-choice-without-tools.js';
import { dropEmptyTools } from './repairs/drop-empty-tools.js';
import { dropRepeatedTools } from './repairs/drop-repeated-tools.js';
import type { Repair } from './repairs/repair.js';
import { strictSchema } from './repairs/strict-schema.js';
import { addParameters, dropStrayToolFields, nestFunctions, typeInAnyOf } from './repairs/tool-parameters.js';

const REPAIRS: { readonly [Name in ToolRepair]: Repair } = {
  drop_empty: dropEmptyTools,
  drop_choice_without_tools: dropChoiceWithoutTools,
  strict_schema: strictSchema,
  drop_repeated: dropRepeatedTools,
  nest_functions: nestFunctions,
  drop_stray_fields: dropStrayToolFields,
  add_parameters: addParameters,
  type_in_any_of: typeInAnyOf,
};

/** Runs one repair of tools or schemas: pure, idempotent, the same object when there is nothing to repair. */
export function repairTools(api: string, params: Fields, repair: ToolRepair): Fields {
  return REPAIRS[repair](api, params);
}
