import { anthropicRefusal } from './anthropic-refusal.js';
import { given, objectOr, objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

/** What Anthropic insists on while Claude thinks. */
export const ANTHROPIC_THINKING_RULES: readonly Rule[] = [
  { id: 'thinking-budget', check: thinkingBudget },
  { id: 'thinking-sampling', check: thinkingSampling },
  { id: 'thinking-forced-tool', check: thinkingForcedTool },
  { id: 'thinking-final-block', check: thinkingFinalBlock },
  { id: 'thinking-before-tools', check: thinkingBeforeTools },
];

function mode({ thinking }: Body): string {
  return textOr(objectOr(thinking)['type']);
}

function thinks(body: Body): boolean {
  return ['enabled', 'adaptive'].includes(mode(body));
}

function thinkingBudget({ thinking, max_tokens }: Body): Refusal | undefined {
  const { type, budget_tokens: budget } = objectOr(thinking);
  if (type !== 'enabled' || typeof budget !== 'number') return undefined;
  if (typeof max_tokens !== 'number' || max_tokens > budget) return undefined;
  return anthropicRefusal(
    '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at ' +
      'https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size',
  );
}

function thinkingSampling(body: Body): Refusal | undefined {
  if (!thinks(body)) return undefined;
  const { temperature, top_p, top_k } = body;
  const more = 'Please consult our documentation on extended thinking.';
  if (given(temperature) && temperature !== 1)
    return anthropicRefusal(`\`temperature\` may only be set to 1 when thinking is enabled. ${more}`);
  if (typeof top_p === 'number' && top_p < 0.95)
    return anthropicRefusal(
      `\`top_p\` must be greater than or equal to 0.95 or unset when thinking is enabled. ${more}`,
    );
  return given(top_k)
    ? anthropicRefusal(`\`top_k\` must be unset when thinking is enabled. ${more}`)
    : undefined;
}

function thinkingForcedTool(body: Body): Refusal | undefined {
  const forced = ['any', 'tool'].includes(textOr(objectOr(body['tool_choice'])['type']));
  if (!forced || !thinks(body)) return undefined;
  return anthropicRefusal('Thinking may not be enabled when tool_choice forces tool use.');
}

function thinkingFinalBlock({ messages }: Body): Refusal | undefined {
  const at = objects(messages).findIndex(
    ({ role, content }) =>
      role === 'assistant' &&
      ['thinking', 'redacted_thinking'].includes(textOr(objects(content).at(-1)?.['type'])),
  );
  return at < 0
    ? undefined
    : anthropicRefusal(`messages.${at}: The final block in an assistant message cannot be \`thinking\`.`);
}

/** While a tool is used, the thought that led to it has to come back with it. */
function thinkingBeforeTools(body: Body): Refusal | undefined {
  const list = objects(body['messages']);
  const answers = objects(list.at(-1)?.['content']).some(({ type }) => type === 'tool_result');
  if (mode(body) !== 'enabled' || !answers) return undefined;
  const turns = list.flatMap(({ role, content }, index) =>
    role === 'user' && !objects(content).some(({ type }) => type === 'tool_result') ? [index] : [],
  );
  // The assistant's turn begins after the last message of the user's own.
  const at = (turns.at(-1) ?? -1) + 1;
  const first = objects(list[at]?.['content'])[0]?.['type'];
  if (first === 'thinking' || first === 'redacted_thinking') return undefined;
  return anthropicRefusal(
    `messages.${at}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${textOr(first) || 'text'}\`. ` +
      'When `thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding the lastmost ' +
      'set of `tool_use` and `tool_result` blocks). We recommend you include thinking blocks from previous turns. To avoid ' +
      'this requirement, disable `thinking`.',
  );
}
