'use strict';
/** Parameters the cases share. */
const { directive } = require('./openai-samples.cjs');

exports.directive = directive;
exports.message = {
  model: 'claude-sonnet-4-6',
  max_tokens: 64,
  messages: [{ role: 'user', content: 'Hello there' }],
};
exports.tool = {
  name: 'look_up',
  description: 'Looks a word up',
  input_schema: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
};
