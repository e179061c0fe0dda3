import { numberIn } from '../../patterns/number-types.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';

/** Options of Ollama's that are numbers. @see https://docs.ollama.com/modelfile#parameter */
const NUMBERS: readonly string[] = [
  'num_ctx',
  'num_predict',
  'num_keep',
  'num_batch',
  'num_gpu',
  'num_thread',
  'main_gpu',
  'repeat_last_n',
  'seed',
  'top_k',
  'temperature',
  'top_p',
  'min_p',
  'typical_p',
  'repeat_penalty',
  'presence_penalty',
  'frequency_penalty',
];

/** Makes numbers of Ollama's options that are texts which say one, and a list of a stop sequence that stands alone. */
export function optionTypes(_api: string, params: Fields): Fields {
  const options = params['options'];
  if (!isRecord(options)) return params;
  const counted = NUMBERS.reduce((current: Fields, name) => {
    const value = own(current, name);
    const number = typeof value === 'string' ? numberIn(value) : undefined;
    return number === undefined ? current : copyWith(current, name, number);
  }, options);
  const stop = own(counted, 'stop');
  const listed = typeof stop === 'string' && stop !== '' ? copyWith(counted, 'stop', [stop]) : counted;
  return copyWith(params, 'options', listed);
}
