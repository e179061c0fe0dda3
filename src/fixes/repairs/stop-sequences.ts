import { listOf } from '../../patterns/own.js';
import { type Fields, copyWith, copyWithout } from '../copy.js';

/** Makes a list of one stop sequence, and removes those that are nothing, at which no answer could stop. */
export function listStopSequences(_api: string, params: Fields): Fields {
  return keepStops(params, (stop) => stop !== '' && stop !== null);
}

/** Removes stop sequences without a visible character. */
export function visibleStopSequences(_api: string, params: Fields): Fields {
  return keepStops(params, (stop) => typeof stop !== 'string' || stop.trim() !== '');
}

function keepStops(params: Fields, isKept: (stop: unknown) => boolean): Fields {
  const stops = params['stop_sequences'];
  if (typeof stops !== 'string' && !Array.isArray(stops)) return params;
  const kept = (typeof stops === 'string' ? [stops] : listOf(stops)).filter(isKept);
  if (Array.isArray(stops) && kept.length === stops.length) return params;
  return kept.length === 0 ? copyWithout(params, 'stop_sequences') : copyWith(params, 'stop_sequences', kept);
}
