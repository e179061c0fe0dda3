// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Params, RequestView } from '../../contract/request.js';
import { windowOverrun } from '../context-windows.js';
import { INSTRUCTION_PARAMETERS, isForeignParameter } from '../foreign-parameters.js';
import { IDENTIFIERS, MAX_IDENTIFIER } from '../function-name.js';
import { NUMBERS, WHOLE_NUMBERS, numberIn } from '../number-types.js';
import { MAX_BIAS, MAX_METADATA_KEY, MAX_METADATA_PAIRS, MAX_METADATA_VALUE } from '../openai-limits.js';
import { isRecord, listOf, own } from '../own.js';
import type { FindingName } from './finding-names.js';

/** Adds what stands out in the parameters of OpenAI's APIs beside messages and tools. */
export function parameterFindings(view: RequestView, found: FindingName[]): void {
  const { params } = view;
  for (const key of Object.keys(params)) if (isForeignParameter(key)) found.push('foreign_parameter');
  for (const key of INSTRUCTION_PARAMETERS)
    if (typeof own(params, key) === 'string') found.push('instructions_parameter');
  valueFindings(params, found);
  stopFinding(own(params, 'stop'), found);
  biasFinding(own(params, 'logit_bias'), found);
  const overrun = windowOverrun(view);
  if (overrun !== undefined) found.push(overrun);
}

/** Adds what stands out in the values of parameters that all of OpenAI's APIs share. */
export function valueFindings(params: Params, found: FindingName[]): void {
  for (const key of WHOLE_NUMBERS) numberFinding(own(params, key), true, found);
  for (const key of NUMBERS) numberFinding(own(params, key), false, found);
  for (const key of IDENTIFIERS) {
    const value = own(params, key);
    if (typeof value === 'string' && value.length > MAX_IDENTIFIER) found.push('long_identifier');
  }
  metadataFinding(own(params, 'metadata'), found);
}

function numberFinding(value: unknown, isWhole: boolean, found: FindingName[]): void {
  if (typeof value === 'string') {
    if (value === '' || numberIn(value) !== undefined) found.push('number_type');
  } else if (isWhole && typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value))
    found.push('number_type');
}

function metadataFinding(metadata: unknown, found: FindingName[]): void {
  if (!isRecord(metadata)) return;
  const keys = Object.keys(metadata);
  if (keys.length > MAX_METADATA_PAIRS) found.push('metadata_size');
  for (const key of keys) {
    const value = own(metadata, key);
    if (typeof value !== 'string') found.push('metadata_type');
    else if (value.length > MAX_METADATA_VALUE || key.length > MAX_METADATA_KEY) found.push('metadata_size');
  }
}

function biasFinding(bias: unknown, found: FindingName[]): void {
  if (!isRecord(bias)) return;
  for (const token of Object.keys(bias)) {
    const value = own(bias, token);
    if (typeof value === 'number' && Math.abs(value) > MAX_BIAS) return void found.push('bias_range');
  }
}

/** More than four sequences, or some that can never be the one that ends the text. */
function stopFinding(stop: unknown, found: FindingName[]): void {
  if (!Array.isArray(stop)) return;
  if (listOf(stop).length > 4) found.push('many_stops');
  if (listOf(stop).some((text) => text === '' || text === null)) found.push('empty_stop');
}
