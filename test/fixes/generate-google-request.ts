import type { RequestView } from '../../src/contract/request.js';
import type { Dice } from './generate-request.js';

const MODELS = [
  'gemini-2.5-pro',
  'models/gemini-2.5-flash',
  'gemini-2.0-flash',
  'gemini-3-pro-preview',
  'gemma-3-27b-it',
];
const NAMES = ['look', 'go', '1 bad name', 'mcp:x.y-z', 'long_'.repeat(20)];

/** A request to Google, by REST or by the SDK, healthy or broken in any of the ways the repairs know. */
export function generateGoogle(dice: Dice): RequestView {
  const isSdk = dice.roll(2) === 0;
  const model = dice.pick(MODELS);
  const request = {
    ...dice.maybe({
      systemInstruction: dice.pick<unknown>([{ parts: [{ text: 'Rhyme.' }] }, { parts: [] }, 'Rhyme.']),
    }),
    ...dice.maybe({ tools: times(dice.roll(3), () => tool(dice)) }),
    ...dice.maybe({
      toolConfig: {
        functionCallingConfig: { mode: dice.pick(['ANY', 'AUTO']), allowedFunctionNames: ['look', 'gone'] },
      },
    }),
    ...dice.maybe({ safetySettings: times(dice.roll(3), () => safety(dice)) }),
  };
  const settings = generationSettings(dice);
  const contents = times(dice.roll(7), () => content(dice));
  const params = isSdk
    ? { model, contents, config: { ...request, ...settings } }
    : {
        model,
        contents,
        ...request,
        ...dice.maybe({ generationConfig: settings }),
        ...dice.maybe({ max_tokens: 5 }),
      };
  return {
    provider: dice.pick(['gcp.gemini', 'gcp.vertex_ai']),
    operation: 'generate_content',
    api: 'google.generate_content',
    model,
    params,
  };
}

function generationSettings(dice: Dice): object {
  return {
    ...dice.maybe({ temperature: dice.pick([0, 1, 2.5]) }),
    ...dice.maybe({ topK: dice.pick([0, 40, 40.5]) }),
    ...dice.maybe({ seed: dice.pick([7, 2 ** 40]) }),
    ...dice.maybe({ maxOutputTokens: dice.pick([-1, 64, 900, 200_000]) }),
    ...dice.maybe({ frequencyPenalty: dice.pick([0, 0.5, 2]) }),
    ...dice.maybe({
      thinkingConfig: dice.pick<unknown>([
        { thinkingBudget: dice.pick([0, 100, 60_000, -1]), includeThoughts: true },
        { thinkingLevel: dice.pick(['low', 'MINIMAL', 'none']) },
        { thinkingLevel: 'high', thinkingBudget: 4096 },
      ]),
    }),
    ...dice.maybe({ responseSchema: schema(dice, 0) }),
  };
}

function safety(dice: Dice): object {
  const category = dice.pick(['HARASSMENT', 'TOXICITY', 'IMAGE_HATE']);
  return { category: `HARM_CATEGORY_${category}`, threshold: 'BLOCK_NONE' };
}

function tool(dice: Dice): object {
  const kind = dice.roll(6);
  if (kind === 0) return { googleSearch: {} };
  if (kind === 1)
    return { type: 'function', function: { name: dice.pick(NAMES), parameters: schema(dice, 0) } };
  return {
    functionDeclarations: times(dice.roll(3), () => ({
      name: dice.pick(NAMES),
      ...dice.maybe({ parameters: schema(dice, 0) }),
      ...dice.maybe({ strict: true }),
    })),
  };
}

function content(dice: Dice): object {
  const role = dice.pick(['user', 'user', 'model', 'model', 'assistant', 'system']);
  if (dice.roll(8) === 0) return { role, content: 'in other words' };
  return { role, parts: times(dice.roll(4), () => part(dice, role)) };
}

function part(dice: Dice, role: string): object {
  const kind = dice.roll(6);
  const name = dice.pick(NAMES);
  if (kind === 0) return dice.pick<object>([{}, { thought: true }, { thoughtSignature: 'c2ln' }]);
  if (kind === 1) return { inlineData: { mimeType: 'image/jpg', data: 'data:image/jpeg;base64,/9j/' } };
  if (kind > 3) return { text: dice.pick(['', 'hello', 'half \ud83c']) };
  return role === 'model'
    ? {
        functionCall: { name, args: dice.pick<unknown>([{}, '{"a":1}']) },
        ...dice.maybe({ thoughtSignature: 'c2ln' }),
      }
    : { functionResponse: { name, response: dice.pick<unknown>([{ ok: true }, 'rain']) } };
}

/** A schema, in the subset of OpenAPI that Google takes or outside it. */
export function schema(dice: Dice, depth: number): object {
  const kind = depth > 2 ? 0 : dice.roll(7);
  const about = {
    ...dice.maybe({ description: 'Said.' }),
    ...dice.maybe({ additionalProperties: false, format: dice.pick(['uri', 'date-time']) }),
  };
  if (kind === 1) return { type: 'array', ...dice.maybe({ items: schema(dice, depth + 1) }), ...about };
  if (kind === 2)
    return {
      anyOf: [schema(dice, depth + 1), dice.pick<object>([{ type: 'null' }, { type: 'number' }])],
      ...about,
    };
  if (kind === 3)
    return { oneOf: [schema(dice, depth + 1), { const: dice.pick<unknown>(['x', 3, null]) }], ...about };
  if (kind === 4)
    return {
      allOf: [{ $ref: '#/$defs/a' }, schema(dice, depth + 1)],
      $defs: { a: { $ref: '#/$defs/a' } },
      ...about,
    };
  if (kind === 0) return { ...simple(dice), ...about };
  const properties = dice.roll(5) === 0 ? {} : { a: schema(dice, depth + 1), b: schema(dice, depth + 1) };
  return { ...dice.maybe({ type: 'object' }), properties, ...dice.maybe({ required: ['b', 'c'] }), ...about };
}

function simple(dice: Dice): object {
  return {
    ...dice.maybe({
      type: dice.pick<unknown>(['string', 'INTEGER', ['string', 'null'], ['number', 'string'], 'any']),
    }),
    ...dice.maybe({ enum: dice.pick<unknown>([['x'], [1, 2], ['', 'y', null], []]) }),
    ...dice.maybe({ exclusiveMinimum: 0 }),
  };
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
