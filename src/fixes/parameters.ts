import type { ParameterRepair } from '../contract/repairs.js';
import type { Fields } from './copy.js';
import { forGoogle } from './google/for-google.js';
import { placeFields } from './google/place-fields.js';
import { fiveStopSequences, wholeSettings } from './google/settings.js';
import { knownSafety } from './google/safety.js';
import { dropIdleStreamOptions } from './repairs/drop-idle-stream-options.js';
import type { Repair } from './repairs/repair.js';

const REPAIRS: { readonly [Name in ParameterRepair]: Repair } = {
  drop_idle_stream_options: dropIdleStreamOptions,
  place_fields: forGoogle(placeFields),
  whole_settings: forGoogle(wholeSettings),
  five_stop_sequences: forGoogle(fiveStopSequences),
  known_safety: forGoogle(knownSafety),
};

/** Runs one repair of parameters. */
export function repairParameters(api: string, params: Fields, repair: ParameterRepair): Fields {
  return REPAIRS[repair](api, params);
}
