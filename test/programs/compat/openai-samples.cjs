'use strict';
/** Parameters the cases share. */

exports.chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello there' }] };
exports.withUsage = { stream: true, stream_options: { include_usage: true } };
exports.tool = {
  type: 'function',
  function: {
    name: 'look_up',
    description: 'Looks a word up',
    parameters: {
      type: 'object',
      properties: { word: { type: 'string' } },
      required: ['word'],
      additionalProperties: false,
    },
  },
};

let asked = 0;
/** Asks the model server to misbehave; a key keeps the counts of different cases apart. */
exports.directive = (words) => ({ 'x-model-server': `${words} key=${(asked += 1)}` });

/** `parse`, `stream` and `runTools` are under `beta` in openai 4. */
exports.helpers = (client) =>
  client.chat.completions.parse ? client.chat.completions : (client.beta?.chat?.completions ?? {});
