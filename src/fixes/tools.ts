import type { ToolRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { functionNames, googleChoice } from './google/function-names.js';
import { forGoogle } from './google/for-google.js';
import { functionsAlone, googleTools, openApiSchemas, searchTool, uniqueFunctions } from './google/tools.js';
import { dropChoiceWithoutTools } from './repairs/drop-choice-without-tools.js';
import { dropEmptyTools } from './repairs/drop-empty-tools.js';
import type { Repair } from './repairs/repair.js';
import { strictSchema } from './repairs/strict-schema.js';

const REPAIRS: { readonly [Name in ToolRepair]: Repair } = {
  drop_empty: dropEmptyTools,
  drop_choice_without_tools: dropChoiceWithoutTools,
  strict_schema: strictSchema,
  to_declarations: forGoogle(googleTools),
  open_api_schema: forGoogle(openApiSchemas),
  rename_functions: forGoogle(functionNames),
  unique_functions: forGoogle(uniqueFunctions),
  known_choice: forGoogle(googleChoice),
  search_tool: forGoogle(searchTool),
  functions_alone: forGoogle(functionsAlone),
};

/** Runs one repair of tools or schemas: pure, idempotent, the same object when there is nothing to repair. */
export function repairTools(api: string, params: Fields, repair: ToolRepair): Fields {
  return REPAIRS[repair](api, params);
}
