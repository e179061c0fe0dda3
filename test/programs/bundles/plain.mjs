/** Knows nothing of Arc; the SDKs stay outside the bundle. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { callAll } from './calls.mjs';

callAll(new OpenAI({ maxRetries: 0 }), new Anthropic({ maxRetries: 0 }));
