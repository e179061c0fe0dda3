// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { WINDOW_PARAMETERS, windowOverrun } from '../context-windows.js';
import { WINDOW_FINDINGS } from './chat-finding-names.js';
import type { Walk } from './walk.js';

/** What stands out in the length of a chat's prompt, alone or together with the answer limit. */
export const CHAT_WINDOW: Walk = {
  finds: WINDOW_FINDINGS,
  reads: WINDOW_PARAMETERS,
  run(view, _cache, found) {
    const overrun = windowOverrun(view);
    if (overrun !== undefined) found.push(overrun);
  },
};

/** What stands out in the length of a prompt where the answer limit is no part of the window. */
export const PROMPT_WINDOW: Walk = {
  finds: { prompt_over_window: WINDOW_FINDINGS.prompt_over_window },
  run(view, _cache, found) {
    if (windowOverrun(view) === 'prompt_over_window') found.push('prompt_over_window');
  },
};
