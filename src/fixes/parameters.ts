import type { ParameterRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { dropChatStreamOptions } from './repairs/drop-chat-stream-options.js';
import { dropForeignParameters } from './repairs/drop-foreign-parameters.js';
import { dropIdleStreamOptions } from './repairs/drop-idle-stream-options.js';
import { dropReasoningInclude } from './repairs/drop-reasoning-include.js';
import { moveLogprobs } from './repairs/move-logprobs.js';
import { moveResponseFormat } from './repairs/move-response-format.js';
import { dropForeign, instructionsToMessages } from './repairs/foreign-parameters.js';
import type { Repair } from './repairs/repair.js';
import { standardFormat } from './repairs/standard-format.js';
import { fewerStops, firstStops } from './repairs/stops.js';
import { clampBias, fillInputs, plainModel, shortenInputs } from './repairs/value-limits.js';
import { metadataAsText, smallMetadata } from './repairs/metadata.js';
import { numberTypes, shortenIdentifiers } from './repairs/value-types.js';

const REPAIRS: { readonly [Name in ParameterRepair]: Repair } = {
  drop_idle_stream_options: dropIdleStreamOptions,
  drop_chat_stream_options: dropChatStreamOptions,
  drop_foreign_parameters: dropForeignParameters,
  drop_reasoning_include: dropReasoningInclude,
  move_logprobs: moveLogprobs,
  move_response_format: moveResponseFormat,
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
