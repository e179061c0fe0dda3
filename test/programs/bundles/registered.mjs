/** Arc's own start inside the bundle; its clients are not wrapped. */
import 'arc/otel-register';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { callAll } from './calls.mjs';

callAll(new OpenAI({ maxRetries: 0 }), new Anthropic({ maxRetries: 0 }));
