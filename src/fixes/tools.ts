import type { ToolRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { forGoogle } from './google/for-google.js';
import { functionNames, googleChoice } from './google/function-names.js';
import { functionsAlone, googleTools, openApiSchemas, searchTool, uniqueFunctions } from './google/tools.js';
import { dropUnknownToolFields } from './repairs/anthropic-fields.js';
import { completeSchemas, mergeRootChoices } from './repairs/complete-schemas.js';
import { dropAbsentChoice } from './repairs/drop-absent-choice.js';
import { dropBlankDescriptions } from './repairs/drop-blank-descriptions.js';
import { dropChoiceWithoutTools } from './repairs/drop-choice-without-tools.js';
import { dropEmptyTools } from './repairs/drop-empty-tools.js';
import { dropRepeatedTools } from './repairs/drop-repeated-tools.js';
import { enforceableSchemas } from './repairs/enforceable-schemas.js';
import { flattenTools } from './repairs/flatten-tools.js';
import { giveContainers } from './repairs/give-containers.js';
import { nativeTools } from './repairs/native-tools.js';
import { modernSchemas, objectSchemas } from './repairs/object-schemas.js';
import { relaxStrict } from './repairs/relax-strict.js';
import type { Repair } from './repairs/repair.js';
import { standardNames } from './repairs/standard-names.js';
import { standardShape } from './repairs/standard-shape.js';
import { strictSchema } from './repairs/strict-schema.js';
import { keep128, shortenDescriptions } from './repairs/tool-limits.js';
import { addParameters, dropStrayToolFields, typeInAnyOf } from './repairs/tool-parameters.js';
import { toolsOfHistory } from './repairs/tools-of-history.js';
import { uniqueToolNames } from './repairs/unique-tool-names.js';
import { validToolNames } from './repairs/valid-tool-names.js';

const REPAIRS: { readonly [Name in ToolRepair]: Repair } = {
  drop_empty: dropEmptyTools,
  drop_choice_without_tools: dropChoiceWithoutTools,
  strict_schema: strictSchema,
  flatten: flattenTools,
  give_containers: giveContainers,
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
  native_shape: nativeTools,
  drop_unknown_tool_fields: dropUnknownToolFields,
  valid_names: validToolNames,
  unique_names: uniqueToolNames,
  object_schemas: objectSchemas,
  modern_schemas: modernSchemas,
  drop_blank_descriptions: dropBlankDescriptions,
  enforceable_schemas: enforceableSchemas,
  declare_called: toolsOfHistory,
  to_declarations: forGoogle(googleTools),
  open_api_schema: forGoogle(openApiSchemas),
  rename_functions: forGoogle(functionNames),
  unique_functions: forGoogle(uniqueFunctions),
  known_choice: forGoogle(googleChoice),
  search_tool: forGoogle(searchTool),
  functions_alone: forGoogle(functionsAlone),
};

/**
 * Runs one repair of tools or schemas: pure, idempotent, the same object when there is nothing to repair, or a schema has no
 * end or goes deeper than any provider takes.
 */
export function repairTools(api: string, params: Fields, repair: ToolRepair): Fields {
  try {
    return REPAIRS[repair](api, params);
  } catch (error) {
    if (error instanceof RangeError) return params;
    throw error;
  }
}
