'use strict';
/** Answers the SDK parses: schemas of zod 3 and 4, whole, streamed and repaired. */
const { chat, helpers } = require('./openai-samples.cjs');

const hot = { model: 'gpt-4o-repair', temperature: 0.95 };

exports.cases = ['zod/v3', 'zod/v4'].flatMap((source) => [
  {
    name: `parse with a ${source} format`,
    has: (kit) => chatFormat(kit, source),
    run: async (kit) => parse(kit, { ...chat, response_format: await chatFormat(kit, source) }),
  },
  {
    name: `parse with a ${source} format, repaired`,
    repaired: { temperature: 0.7 },
    has: (kit) => chatFormat(kit, source),
    run: async (kit) => parse(kit, { ...chat, ...hot, response_format: await chatFormat(kit, source) }),
  },
  {
    name: `stream() helper with a ${source} format`,
    has: (kit) => helpers(kit.client()).stream && chatFormat(kit, source),
    tokens: false,
    run: async (kit) => {
      const response_format = await chatFormat(kit, source);
      const runner = helpers(kit.client()).stream({ ...chat, response_format });
      return (await runner.finalChatCompletion()).choices[0].message.parsed;
    },
  },
  {
    name: `responses parse with a ${source} format`,
    has: (kit) => textFormat(kit, source),
    run: async (kit) => parseText(kit, { model: 'gpt-4o', text: { format: await textFormat(kit, source) } }),
  },
  {
    name: `responses parse with a ${source} format, repaired`,
    repaired: { temperature: 0.7 },
    has: (kit) => textFormat(kit, source),
    run: async (kit) => parseText(kit, { ...hot, text: { format: await textFormat(kit, source) } }),
  },
  {
    name: `responses stream() helper with a ${source} format`,
    has: (kit) => textFormat(kit, source),
    run: async (kit) => {
      const text = { format: await textFormat(kit, source) };
      const runner = kit.client().responses.stream({ model: 'gpt-4o', input: 'Hello', text });
      return (await runner.finalResponse()).output_parsed;
    },
  },
]);

async function parse({ client }, params) {
  const { choices } = await helpers(client()).parse(params);
  return choices[0].message.parsed;
}

async function parseText({ client }, params) {
  return (await client().responses.parse({ ...params, input: 'Hello' })).output_parsed;
}

async function chatFormat(kit, source) {
  return helpers(kit.client()).parse && formatOf(kit, source, 'zodResponseFormat');
}

async function textFormat(kit, source) {
  return kit.client().responses?.parse && formatOf(kit, source, 'zodTextFormat');
}

/** @returns undefined where the release does not take schemas of this zod. */
async function formatOf({ load }, source, helper) {
  const [zod, helpers] = await Promise.all([load(source), load('openai/helpers/zod')]);
  if (!zod?.z || !helpers?.[helper]) return undefined;
  const { z } = zod;
  const reply = z.object({ answer: z.string(), count: z.number() });
  try {
    const format = helpers[helper](reply, 'reply');
    return (format.schema ?? format.json_schema.schema).properties ? format : undefined;
  } catch {
    return undefined;
  }
}
