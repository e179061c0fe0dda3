'use strict';
/** Many calls at once, each in a span and a conversation of its own. */
const { isInference } = require('./spans.cjs');

/**
 * The case of one SDK.
 * @param prepare - makes the client of all calls.
 * @param call - asks a model of this name with this text.
 * @param read - `model`, `input` and `output` tokens of an answer, where it tells them.
 */
exports.manyAtOnce = ({ prepare, call, read, count = (kit) => kit.atOnce }) => ({
  name: 'many at once, each in its own context',
  spans: (kit) => count(kit),
  patience: 240_000,
  run: async (kit) => {
    const client = await prepare(kit);
    return Promise.all(
      Array.from({ length: count(kit) }, (_, index) => {
        const text = `number ${index} ${'and so on '.repeat(index % 23)}`;
        return kit.inContext(`call-${index}`, async () => read(await call(client, `many-${index}`, text)));
      }),
    );
  },
  verify: verifyMany,
});

/** As many connections as a server takes at once; the calls that wait for one are under way all the same. */
const CONNECTIONS = 64;

/** A `fetch` for the clients of many calls. */
exports.throughFewConnections = (send = fetch) => {
  let free = CONNECTIONS;
  const waiting = [];
  return async (url, init) => {
    if (free === 0) await new Promise((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await send(url, init);
    } finally {
      if (waiting.length > 0) waiting.shift()();
      else free += 1;
    }
  };
};

/** Each call has one span: under the span it was made in, of its conversation and model, with its own tokens. */
function verifyMany(spans, answers) {
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const calls = new Map();
  for (const span of spans) {
    const { attributes } = span;
    if (isInference(span)) {
      const conversation = attributes['gen_ai.conversation.id'];
      calls.set(conversation, [...(calls.get(conversation) ?? []), span]);
    }
  }
  if (!Array.isArray(answers)) return [];
  const wrong = answers.flatMap(({ input, output }, index) => {
    const [span, ...more] = calls.get(`call-${index}`) ?? [];
    if (!span || more.length > 0) return [`call-${index} has ${more.length + (span ? 1 : 0)} spans`];
    const { attributes } = span;
    const found = [
      rootOf(span, byId).name === `call-${index}` || 'the span of another above it',
      attributes['gen_ai.request.model'] === `many-${index}` ||
        `the model ${attributes['gen_ai.request.model']}`,
      attributes['gen_ai.usage.input_tokens'] === input ||
        `${attributes['gen_ai.usage.input_tokens']} input tokens`,
      attributes['gen_ai.usage.output_tokens'] === output ||
        `${attributes['gen_ai.usage.output_tokens']} output tokens`,
    ];
    return found.filter((item) => item !== true).map((item) => `call-${index} has ${item}`);
  });
  return wrong.length > 5 ? [...wrong.slice(0, 5), `and ${wrong.length - 5} more`] : wrong;
}

/** The outermost span above one; frameworks have spans between. */
function rootOf(span, byId) {
  const parent = byId.get(span.parentSpanContext?.spanId);
  return parent ? rootOf(parent, byId) : span;
}
