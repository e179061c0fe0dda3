import type { FixOperation } from '../../../contract/fix.js';
import type { Match } from '../../../contract/pattern.js';
import { ANTHROPIC_MESSAGES, OPENAI_CHAT } from '../../../patterns/conversation.js';
import { proposeSteps } from '../propose-repair.js';
import type { Refused, Remedy, Rule } from '../refused.js';

/** A sentence of a provider that names a rule without the fields that follow from it. */
interface KnownSentence {
  readonly rule: string;
  readonly when: RegExp;
  readonly api?: string;
  readonly provider?: string;
  readonly description: string;
  readonly match: Match;
  readonly fix: readonly FixOperation[];
  readonly everyModel?: boolean;
}

const THINKING_ON: Match = { 'thinking.type': { in: ['enabled', 'adaptive'] } };

/** One line each; what a request must have is in `match`, so a sentence that does not fit it teaches nothing. */
const SENTENCES: readonly KnownSentence[] = [
  {
    rule: 'thinking-adaptive',
    when: /thinking\.type\.enabled.{0,60}not supported|use .{0,3}thinking\.type\.adaptive/i,
    api: ANTHROPIC_MESSAGES,
    description: 'The model decides itself how long it thinks.',
    match: { 'thinking.type': 'enabled' },
    fix: [{ set: { 'thinking.type': 'adaptive' } }, { unset: ['thinking.budget_tokens'] }],
  },
  {
    rule: 'thinking-forced-tool',
    when: /thinking may not be enabled when tool_choice forces/i,
    api: ANTHROPIC_MESSAGES,
    description: 'A forced tool leaves no room for thinking.',
    match: { ...THINKING_ON, 'tool_choice.type': { in: ['any', 'tool'] } },
    fix: [{ unset: ['thinking'] }],
    everyModel: true,
  },
  {
    rule: 'thinking-budget',
    when: /max_tokens.{0,20}must be greater than .{0,3}thinking\.budget_tokens/i,
    api: ANTHROPIC_MESSAGES,
    description: 'The thinking budget must stay below max_tokens.',
    match: { max_tokens: { '<=': { field: 'thinking.budget_tokens' } } },
    fix: [{ unset: ['thinking'] }],
    everyModel: true,
  },
  {
    rule: 'thinking-blocks',
    when: /expected .{0,3}thinking.{0,40}but found/i,
    api: ANTHROPIC_MESSAGES,
    description: 'With thinking on, a turn that calls tools must start with its thinking.',
    match: {
      'thinking.type': 'enabled',
      messages: {
        any: {
          role: 'assistant',
          content: { any: { type: 'tool_use' }, none: { type: { in: ['thinking', 'redacted_thinking'] } } },
        },
      },
    },
    fix: [{ unset: ['thinking'] }],
    everyModel: true,
  },
  {
    rule: 'thinking-budget-zero',
    when: /budget 0 is invalid.{0,40}only works in thinking mode/i,
    api: 'google.generate_content',
    description: 'The model cannot be told not to think.',
    match: { 'params.generationConfig.thinkingConfig.thinkingBudget': 0 },
    fix: [{ unset: ['params.generationConfig.thinkingConfig.thinkingBudget'] }],
  },
  {
    rule: 'thinking-budget-zero',
    when: /budget 0 is invalid.{0,40}only works in thinking mode/i,
    api: 'google.generate_content',
    description: 'The model cannot be told not to think.',
    match: { 'config.thinkingConfig.thinkingBudget': 0 },
    fix: [{ unset: ['config.thinkingConfig.thinkingBudget'] }],
  },
  {
    rule: 'thinking-stream',
    when: /enable_thinking must be (?:set to )?false for non-streaming/i,
    description: 'The model thinks only when it streams.',
    match: { stream: { '!=': true }, 'params.enable_thinking': { '!=': false } },
    fix: [{ set: { 'params.enable_thinking': false } }],
  },
  {
    rule: 'reasoning-content',
    when: /reasoning_content.{0,80}(?:must be passed back|missing)|missing.{0,20}reasoning_content/i,
    provider: 'deepseek',
    description: 'A thinking model wants its earlier reasoning back with each call.',
    match: {
      messages: {
        any: { role: 'assistant', tool_calls: { exists: true }, reasoning_content: { exists: false } },
      },
      'params.thinking.type': { '!=': 'disabled' },
    },
    fix: [{ set: { 'params.thinking': { type: 'disabled' } } }],
  },
  {
    rule: 'top-logprobs',
    when: /top_logprobs.{0,80}\blogprobs\b|\blogprobs\b.{0,80}top_logprobs/i,
    api: OPENAI_CHAT,
    description: 'top_logprobs is only taken beside logprobs.',
    match: { top_logprobs: { exists: true }, logprobs: { '!=': true } },
    fix: [{ set: { logprobs: true } }],
    everyModel: true,
  },
  {
    rule: 'json-word',
    when: /must contain the word .{0,3}json/i,
    description: 'JSON mode wants the word JSON in the prompt.',
    match: { 'response_format.type': 'json_object', 'facts.mentions_json': false },
    fix: [{ suffix: { role: 'system', text: 'Answer in JSON.' } }],
    everyModel: true,
  },
];

/** The same for an API whose requests tell by a finding whether the word is there. */
const jsonWordInItems: Rule = ({ text, view }) =>
  view.api === 'openai.responses' && /must contain the word .{0,3}json/i.test(text)
    ? proposeSteps(view, [{ suffix: { role: 'user', text: 'Answer with a JSON object.' } }], {
        rule: 'json-word',
        description: 'JSON mode wants the word JSON in the input.',
      })
    : undefined;

/** Sentences whose remedy is known but not said. */
export const known: readonly Rule[] = [
  jsonWordInItems,
  ...SENTENCES.map(({ when, api, provider, ...remedy }) => ({ text, view }: Refused): Remedy | undefined => {
    const isMeant = (api ?? view.api) === view.api && (provider ?? view.provider) === view.provider;
    return isMeant && when.test(text) ? remedy : undefined;
  }),
];
