import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import callBoth from './call-both.cjs';

type CallBoth = (openai: typeof OpenAI, anthropic: typeof Anthropic) => Promise<void>;
(callBoth as CallBoth)(OpenAI, Anthropic);
