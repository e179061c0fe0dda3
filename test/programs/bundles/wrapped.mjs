/** Everything in the bundle but OpenTelemetry, which the application sets up elsewhere or not at all. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { flush, wrap } from 'arc/wrap';
import { callAll } from './calls.mjs';

callAll(wrap(new OpenAI({ maxRetries: 0 })), wrap(new Anthropic({ maxRetries: 0 }))).then(() => flush());
