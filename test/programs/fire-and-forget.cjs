'use strict';
/** A refused call nobody awaits: Node ends the process with an unhandled rejection, Arc or not. */
const { OpenAI } = require('openai');
new OpenAI({ maxRetries: 0 }).chat.completions.create({ model: 'gpt-4o', messages: [] });
setTimeout(() => console.log('still here'), 3_000);
