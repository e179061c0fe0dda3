import type { Match } from '../../contract/pattern.js';
import { ANTHROPIC_MESSAGES } from '../../patterns/conversation.js';
import { own } from '../../patterns/own.js';
import { fieldOf } from './locate.js';
import type { Refused } from './refused.js';

const THINKING =
  /thinking (?:is (?:enabled|on)|mode|enabled)|(?:with|when using|in) thinking|when .{0,3}thinking/i;
const THINKING_OFF = /thinking is (?:disabled|off)/i;
const NOT_STREAMED = /non-?streaming|without streaming|must have stream|requires? stream/i;
const WITH_TOOLS =
  /(?:with|when using|when) (?:function )?(?:tools|tool[ _]calling|functions)|function tools|tools are (?:used|present|provided)/i;

/**
 * What else must be so for a complaint to hold, as its words say: a model may take with thinking off what it refuses with
 * thinking on.
 */
export function circumstances({ text, view }: Refused): Match {
  const { params, api } = view;
  const type = own(params['thinking'], 'type');
  const thinkingType = fieldOf(api, ['thinking', 'type']);
  const tools = params['tools'];
  return {
    ...(THINKING_OFF.test(text) && type === 'disabled' && { [thinkingType]: 'disabled' }),
    ...(THINKING.test(text) && !THINKING_OFF.test(text) && whileThinking(api, thinkingType, type)),
    ...(NOT_STREAMED.test(text) && params['stream'] !== true && { stream: { '!=': true } }),
    ...(/greedy/i.test(text) && params['temperature'] === 0 && { temperature: 0 }),
    ...(WITH_TOOLS.test(text) && Array.isArray(tools) && tools.length > 0 && { tools: { exists: true } }),
  };
}

/** Where a model thinks unless it is told not to, only those requests are left out that tell it. */
function whileThinking(api: string, field: string, type: unknown): Match {
  if (type === 'enabled' || type === 'adaptive') return { [field]: { in: ['enabled', 'adaptive'] } };
  return api === ANTHROPIC_MESSAGES
    ? {}
    : { 'params.enable_thinking': { '!=': false }, [field]: { '!=': 'disabled' } };
}
