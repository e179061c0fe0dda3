// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Params, RequestView } from '../../contract/request.js';
import { INSTRUCTION_PARAMETERS, isForeignParameter } from '../foreign-parameters.js';
import { IDENTIFIERS, MAX_IDENTIFIER } from '../function-name.js';
import { NUMBERS, WHOLE_NUMBERS, numberIn } from '../number-types.js';
import { MAX_BIAS, MAX_METADATA_KEY, MAX_METADATA_PAIRS, MAX_METADATA_VALUE } from '../openai-limits.js';
import { isRecord, listOf, own } from '../own.js';
import type { FactCache } from '../request-pairing.js';
import type { FindingName } from './finding-names.js';

/** Adds what stands out in the value of one parameter, which is not undefined. */
type Look = (value: unknown, found: FindingName[]) => void;

/** Adds what stands out in the parameters of a request, each by itself. */
export type LookAtAll = (params: Params, found: FindingName[]) => void;

/** Names of parameters whose looks are remembered; programs write few. */
const MAX_KNOWN = 1_024;

const FOREIGN: Look = (_value, found) => void found.push('foreign_parameter');
const INSTRUCTIONS: Look = (value, found) => {
  if (typeof value === 'string') found.push('instructions_parameter');
};
const WHOLE_NUMBER: Look = (value, found) => numberFinding(value, true, found);
const NUMBER: Look = (value, found) => numberFinding(value, false, found);
const IDENTIFIER: Look = (value, found) => {
  if (typeof value === 'string' && value.length > MAX_IDENTIFIER) found.push('long_identifier');
};

/** What is looked at in the values of parameters that all of OpenAI's APIs share. */
const SHARED_LOOKS: ReadonlyMap<string, Look> = new Map([
  ...WHOLE_NUMBERS.map((name) => [name, WHOLE_NUMBER] as const),
  ...NUMBERS.map((name) => [name, NUMBER] as const),
  ...IDENTIFIERS.map((name) => [name, IDENTIFIER] as const),
  ['metadata', metadataFinding],
]);

const CHAT_LOOKS: ReadonlyMap<string, Look> = new Map<string, Look>([
  ...INSTRUCTION_PARAMETERS.map((name) => [name, INSTRUCTIONS] as const),
  ['stop', stopFinding],
  ['logit_bias', biasFinding],
]);

const lookAtAll = createLooks(isForeignParameter, CHAT_LOOKS);

/** Adds what stands out in the parameters of chat completions, completions and embeddings beside messages and tools. */
export function parameterFindings({ params }: RequestView, _cache: FactCache, found: FindingName[]): void {
  lookAtAll(params, found);
}

/**
 * Makes the looks at the parameters of one of OpenAI's APIs: those all of them share, and its own.
 * @param isForeign - whether the API refuses a parameter of this name.
 */
export function createLooks(
  isForeign: (name: string) => boolean,
  own?: ReadonlyMap<string, Look>,
): LookAtAll {
  const known = new Map<string, readonly Look[]>();
  const looksAt = (name: string): readonly Look[] => {
    const looks = [SHARED_LOOKS.get(name), own?.get(name), isForeign(name) ? FOREIGN : undefined];
    if (known.size >= MAX_KNOWN) known.clear();
    const some = looks.filter((look) => look !== undefined);
    known.set(name, some);
    return some;
  };
  return (params, found) => {
    for (const name of Object.keys(params)) {
      const looks = known.get(name) ?? looksAt(name);
      if (looks.length === 0) continue;
      const value = params[name];
      if (value !== undefined) for (const look of looks) look(value, found);
    }
  };
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
