import type { ParameterRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { dropForeignFields } from './repairs/drop-foreign-fields.js';
import { dropIdleStreamOptions } from './repairs/drop-idle-stream-options.js';
import { fitContext } from './repairs/fit-context.js';
import { numberKeepAlive } from './repairs/number-keep-alive.js';
import type { Repair } from './repairs/repair.js';
import { schemaToJsonMode } from './repairs/schema-to-json-mode.js';
import { dropForeign, instructionsToMessages } from './repairs/foreign-parameters.js';
import { standardFormat } from './repairs/standard-format.js';
import { fewerStops, firstStops } from './repairs/stops.js';
import { clampBias, fillInputs, plainModel, shortenInputs } from './repairs/value-limits.js';
import { metadataAsText, smallMetadata } from './repairs/metadata.js';
import { numberTypes, shortenIdentifiers } from './repairs/value-types.js';

const REPAIRS: { readonly [Name in ParameterRepair]: Repair } = {
  drop_idle_stream_options: dropIdleStreamOptions,
  drop_foreign_fields: dropForeignFields,
  fit_context: fitContext,
  number_keep_alive: numberKeepAlive,
  schema_to_json_mode: schemaToJsonMode,
  drop_foreign: dropForeign,
  instructions_to_messages: instructionsToMessages,
  number_types: numberTypes,
  shorten_identifiers: shortenIdentifiers,
  plain_model: plainModel,
  standard_format: standardFormat,
  clamp_bias: clampBias,
  small_metadata: smallMetadata,
  shorten_inputs: shortenInputs,
  metadata_as_text: metadataAsText,
  fewer_stops: fewerStops,
  first_stops: firstStops,
  fill_inputs: fillInputs,
};

/** Runs one repair of parameters. */
export function repairParameters(api: string, params: Fields, repair: ParameterRepair): Fields {
  return REPAIRS[repair](api, params);
}
