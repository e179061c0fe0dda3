import { createFacts, factOf } from '../../../patterns/facts.js';
import { fieldOf, isTokenLimit } from '../locate.js';
import { type Refused, type Remedy } from '../refused.js';

const COUNT = String.raw`(\d[\d,]{0,12})`;

/** Ways to say that prompt and answer together are too long: the window, and the part that is the prompt. */
const OVERFLOWS: readonly {
  readonly expression: RegExp;
  readonly window: number;
  readonly prompt: number;
}[] = [
  {
    expression: new RegExp(
      String.raw`maximum context length is ${COUNT} tokens.{0,80}?\(${COUNT} (?:in|of) (?:the |your )?(?:messages|prompt|text|input)`,
      'i',
    ),
    window: 1,
    prompt: 2,
  },
  {
    expression: new RegExp(
      String.raw`input length and [\`'"]?max_tokens[\`'"]? exceed context limit: ${COUNT} \+ \d+ > ${COUNT}`,
      'i',
    ),
    window: 2,
    prompt: 1,
  },
  {
    expression: new RegExp(
      String.raw`maximum context length is ${COUNT} tokens and your (?:request|prompt) (?:has|contains) (?:at least )?${COUNT} input tokens`,
      'i',
    ),
    window: 1,
    prompt: 2,
  },
  {
    expression: new RegExp(String.raw`must be <= ${COUNT}\. Given: ${COUNT} [\`'"]?input`, 'i'),
    window: 1,
    prompt: 2,
  },
  {
    expression: new RegExp(
      String.raw`context length (?:is only|of(?: only)?) ${COUNT}.{0,80}?(?:input|prompt)[^\d]{0,30}${COUNT}`,
      'i',
    ),
    window: 1,
    prompt: 2,
  },
];

/** An answer shorter than this is not worth asking for. */
const LEAST_TOKENS = 256;

/** Lowers the limit on the answer to what the prompt leaves of the model's window. */
export function window({ text, view }: Refused): Remedy | undefined {
  for (const overflow of OVERFLOWS) {
    const match = overflow.expression.exec(text);
    if (match === null) continue;
    const left = number(match[overflow.window]) - number(match[overflow.prompt]);
    const limit = Object.keys(view.params).find((name) => isTokenLimit(name));
    const characters = factOf(createFacts(view), 'characters');
    if (limit === undefined || !(left >= LEAST_TOKENS) || typeof characters !== 'number') return undefined;
    const field = fieldOf(view.api, [limit]);
    return {
      rule: 'window',
      description: `Prompt and ${field} must fit into the model's window.`,
      match: { [field]: { '>': left }, 'facts.characters': { '>=': characters } },
      fix: [{ clamp: { field, max: left } }],
    };
  }
  return undefined;
}

function number(text: string | undefined): number {
  return Number(text?.replaceAll(',', ''));
}
