import type { Rule } from '../../../src/cli/demo/model-server/rule.js';
import { DASHSCOPE_RULES, VLLM_RULES } from './compatible-open.js';
import { DEEPSEEK_RULES } from './deepseek-rules.js';
import { GROQ_RULES } from './groq-rules.js';
import { PERPLEXITY_RULES, XAI_RULES } from './perplexity-xai-rules.js';

/** Rules of the providers that serve chat completions in their own way, by `gen_ai.provider.name` or the name people use. */
export const COMPATIBLE_RULES: Readonly<Record<string, readonly Rule[]>> = {
  alibaba_cloud: DASHSCOPE_RULES,
  dashscope: DASHSCOPE_RULES,
  deepseek: DEEPSEEK_RULES,
  groq: GROQ_RULES,
  perplexity: PERPLEXITY_RULES,
  qwen: DASHSCOPE_RULES,
  vllm: VLLM_RULES,
  x_ai: XAI_RULES,
};
