import type { FixOperation } from '../../../contract/fix.js';
import type { Match } from '../../../contract/pattern.js';
import type { RequestView } from '../../../contract/request.js';
import { createFacts, factOf } from '../../../patterns/facts.js';
import { listOf, own } from '../../../patterns/own.js';
import { conversationKey } from '../../../patterns/prompt-size.js';
import { OPENAI_RESPONSES } from '../../../patterns/responses/items.js';
import { requestCharacters } from '../../turns/drop-turns.js';
import type { Refused, Remedy } from '../refused.js';

/** What providers say of a prompt that is too long for its model. */
const TOO_LONG =
  /(?:maximum|model's|available) (?:context|prompt) (?:length|window|size)|context (?:length|window) (?:of this model|exceeded)|(?:prompt|input) is too long|input token count|too many (?:input )?tokens|input tokens exceed|exceeds? the (?:context window|maximum number of (?:input )?tokens)|exceeded model token limit|too large for model with|reduce the length of (?:the|your) (?:messages|prompt|input)|exceed context limit/i;

const COUNT = String.raw`(\d[\d,]{2,12})`;

/** Where the window stands in such a sentence. */
const WINDOW = new RegExp(
  [
    String.raw`(?:context|prompt) length (?:is|of)(?: only)? ${COUNT}`,
    String.raw`> ${COUNT}`,
    String.raw`tokens allowed\W{1,3}${COUNT}`,
    String.raw`only supports? (?:up to )?${COUNT}`,
    String.raw`too large for model with ${COUNT}`,
    String.raw`limit(?: of| is|:) ${COUNT}`,
    String.raw`cannot exceed ${COUNT}`,
    String.raw`context size \(${COUNT}`,
    String.raw`max input tokens: ${COUNT}`,
    String.raw`maximum context length: ${COUNT}`,
  ].join('|'),
  'i',
);

/** Where the length of the prompt stands, the surest first; else it is the least number above the window. */
const PROMPT: readonly RegExp[] = [
  new RegExp(
    String.raw`${COUNT} (?:tokens )?(?:in|of) (?:the |your )?(?:messages|prompt|text|input|prefix)`,
    'i',
  ),
  new RegExp(String.raw`(?:resulted in|contains|input token count(?: is)?:?) \(?${COUNT}`, 'i'),
];

/** Numbers below are codes and examples, and no windows. */
const LEAST_WINDOW = 512;
/** An answer shorter than this is not worth asking for. */
const LEAST_ANSWER = 256;
/** Room for the answer: what a request asks for elsewhere is seldom more. */
const ANSWER_SHARE = 0.12;
/** What is kept of a prompt of which nobody says how long it is. */
const BLIND_SHARE = 0.6;

interface Overflow {
  readonly window: number;
  readonly prompt: number;
}

/** Drops the oldest turns of a conversation that is too long for its model: as much as it is above the window. */
export function overflow({ text, view }: Refused): Remedy | undefined {
  if (!TOO_LONG.test(text)) return undefined;
  const found = overflowIn(text);
  const remedy = {
    rule: 'overflow',
    description: "The conversation must fit into the model's window, so that its oldest turns go.",
    lossy: true,
  };
  if (found === undefined && view.api === OPENAI_RESPONSES)
    return {
      ...remedy,
      match: { ...sizeOf(view, 1), truncation: { '!=': 'auto' } },
      fix: [{ set: { truncation: 'auto' } }],
    };
  const share = found === undefined ? 1 : found.window / found.prompt;
  const kept = found === undefined ? BLIND_SHARE : share * (1 - ANSWER_SHARE);
  // Where the answer's limit is what overruns the window, turns are no remedy.
  if (found !== undefined && found.window - found.prompt >= LEAST_ANSWER) return undefined;
  const characters = Math.floor(requestCharacters(view.api, view.params) * kept);
  if (characters < 1) return undefined;
  const fix: readonly FixOperation[] = [{ truncate: { characters } }];
  return { ...remedy, match: sizeOf(view, Math.min(share, 1)), fix };
}

function overflowIn(text: string): Overflow | undefined {
  const window = number(
    WINDOW.exec(text)
      ?.slice(1)
      .find((count) => count !== undefined),
  );
  if (!(window >= LEAST_WINDOW)) return undefined;
  const counts = [...text.matchAll(new RegExp(COUNT, 'g'))].map(([, count]) => number(count));
  const named = PROMPT.map((expression) => number(expression.exec(text)?.[1]));
  const above = counts.filter((count) => count > window).toSorted((a, b) => a - b);
  const prompt = [...named, ...above].find((count) => count > 0);
  return prompt === undefined ? undefined : { window, prompt };
}

/** What tells conversations of this length from short ones: their text, or where no fact counts it, their items. */
function sizeOf({ api, ...view }: RequestView, share: number): Match {
  const key = conversationKey(api);
  const characters = factOf(createFacts({ api, ...view }), 'characters');
  if (key === 'messages' && typeof characters === 'number' && characters > 0)
    return { 'facts.characters': { '>=': Math.ceil(characters * share) } };
  const conversation = own(view.params, key);
  const { length } = typeof conversation === 'string' ? conversation : listOf(conversation);
  return { [key]: { length: { '>=': length } } };
}

function number(text: string | undefined): number {
  return Number(text?.replaceAll(',', ''));
}
