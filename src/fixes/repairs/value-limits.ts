import { MAX_BIAS } from '../../patterns/openai-limits.js';
import { isRecord, own } from '../../patterns/own.js';
import { type Fields, copyWith } from '../copy.js';

/** Takes blanks around the model's name away, and the `openai/` that gateways want in front of it. */
export function plainModel(_api: string, params: Fields): Fields {
  const model = own(params, 'model');
  if (typeof model !== 'string') return params;
  const plain = model.trim().replace(/^openai\//, '');
  return plain === model || plain === '' ? params : copyWith(params, 'model', plain);
}

/** Keeps the values of `logit_bias` within what the API takes. */
export function clampBias(_api: string, params: Fields): Fields {
  const bias = own(params, 'logit_bias');
  if (!isRecord(bias)) return params;
  const next = Object.keys(bias).reduce((current, token) => {
    const value = own(current, token);
    if (typeof value !== 'number' || Number.isNaN(value)) return current;
    const inside = Math.min(MAX_BIAS, Math.max(-MAX_BIAS, value));
    return inside === value ? current : copyWith(current, token, inside);
  }, bias);
  return next === bias ? params : copyWith(params, 'logit_bias', next);
}

/** Characters of a text to embed that fit a window of 8,192 tokens, at four a token. */
const MAX_INPUT = 32_000;

/** Cuts texts to embed where the window ends. */
export function shortenInputs(_api: string, params: Fields): Fields {
  const input = own(params, 'input');
  if (typeof input === 'string')
    return input.length > MAX_INPUT ? copyWith(params, 'input', cut(input)) : params;
  if (!Array.isArray(input) || !input.some((text) => typeof text === 'string' && text.length > MAX_INPUT))
    return params;
  return copyWith(
    params,
    'input',
    input.map((text: unknown) => (typeof text === 'string' && text.length > MAX_INPUT ? cut(text) : text)),
  );
}

function cut(text: string): string {
  return text.slice(0, MAX_INPUT).toWellFormed();
}

/** What embeds like nothing where an empty text is refused. */
const BLANK = ' ';

/** Replaces empty texts to embed, so that the vectors stay in the order of the inputs. */
export function fillInputs(_api: string, params: Fields): Fields {
  const input = own(params, 'input');
  if (input === '') return copyWith(params, 'input', BLANK);
  if (!Array.isArray(input) || !input.includes('')) return params;
  return copyWith(
    params,
    'input',
    input.map((text: unknown) => (text === '' ? BLANK : text)),
  );
}
