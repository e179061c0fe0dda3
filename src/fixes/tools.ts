import type { ToolRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { dropChoiceWithoutTools } from './repairs/drop-choice-without-tools.js';
import { dropEmptyTools } from './repairs/drop-empty-tools.js';
import type { Repair } from './repairs/repair.js';
import { strictSchema } from './repairs/strict-schema.js';
import { dropBlankDescriptions } from './repairs/drop-blank-descriptions.js';
import { enforceableSchemas } from './repairs/enforceable-schemas.js';
import { nativeTools } from './repairs/native-tools.js';
import { dropUnknownToolFields } from './repairs/anthropic-fields.js';
import { modernSchemas, objectSchemas } from './repairs/object-schemas.js';
import { toolsOfHistory } from './repairs/tools-of-history.js';
import { uniqueToolNames } from './repairs/unique-tool-names.js';
import { validToolNames } from './repairs/valid-tool-names.js';

const REPAIRS: { readonly [Name in ToolRepair]: Repair } = {
  drop_empty: dropEmptyTools,
  drop_choice_without_tools: dropChoiceWithoutTools,
  strict_schema: strictSchema,
  native_shape: nativeTools,
  drop_unknown_tool_fields: dropUnknownToolFields,
  valid_names: validToolNames,
  unique_names: uniqueToolNames,
  object_schemas: objectSchemas,
  modern_schemas: modernSchemas,
  drop_blank_descriptions: dropBlankDescriptions,
  enforceable_schemas: enforceableSchemas,
  declare_called: toolsOfHistory,
};

/** Runs one repair of tools or schemas: pure, idempotent, the same object when there is nothing to repair. */
export function repairTools(api: string, params: Fields, repair: ToolRepair): Fields {
  return REPAIRS[repair](api, params);
}
