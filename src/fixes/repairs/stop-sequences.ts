import { BEDROCK_CONVERSE } from '../../patterns/conversation.js';
import { listOf } from '../../patterns/own.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import type { Fields } from '../copy.js';

/** Makes a list of one stop sequence, and removes those that are nothing, at which no answer could stop. */
export function listStopSequences(api: string, params: Fields): Fields {
  return keepStops(api, params, (stop) => stop !== '' && stop !== null);
}

/** Removes stop sequences without a visible character. */
export function visibleStopSequences(api: string, params: Fields): Fields {
  return keepStops(api, params, (stop) => typeof stop !== 'string' || stop.trim() !== '');
}

function keepStops(api: string, params: Fields, isKept: (stop: unknown) => boolean): Fields {
  const path = api === BEDROCK_CONVERSE ? ['inferenceConfig', 'stopSequences'] : ['stop_sequences'];
  const stops = getAt(params, path);
  if (typeof stops !== 'string' && !Array.isArray(stops)) return params;
  const kept = (typeof stops === 'string' ? [stops] : listOf(stops)).filter(isKept);
  if (Array.isArray(stops) && kept.length === stops.length) return params;
  return kept.length === 0 ? unsetAt(params, path) : setAt(params, path, kept);
}
