import type { ParameterRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { dropForeignFields } from './repairs/drop-foreign-fields.js';
import { dropIdleStreamOptions } from './repairs/drop-idle-stream-options.js';
import { fitContext } from './repairs/fit-context.js';
import { numberKeepAlive } from './repairs/number-keep-alive.js';
import type { Repair } from './repairs/repair.js';
import { schemaToJsonMode } from './repairs/schema-to-json-mode.js';

const REPAIRS: { readonly [Name in ParameterRepair]: Repair } = {
  drop_idle_stream_options: dropIdleStreamOptions,
  drop_foreign_fields: dropForeignFields,
  fit_context: fitContext,
  number_keep_alive: numberKeepAlive,
  schema_to_json_mode: schemaToJsonMode,
};

/** Runs one repair of parameters. */
export function repairParameters(api: string, params: Fields, repair: ParameterRepair): Fields {
  return REPAIRS[repair](api, params);
}
