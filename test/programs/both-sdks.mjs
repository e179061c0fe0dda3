import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import callBoth from './call-both.cjs';

await callBoth(OpenAI, Anthropic);
