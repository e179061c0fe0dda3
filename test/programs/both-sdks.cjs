'use strict';
const { OpenAI } = require('openai');
const { Anthropic } = require('@anthropic-ai/sdk');
require('./call-both.cjs')(OpenAI, Anthropic);
