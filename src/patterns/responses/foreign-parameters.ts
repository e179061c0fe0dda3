import { API_PARAMETERS } from '../api-parameters.js';
import { OPENAI_NAMES, isForeignParameter as isForeignToChat } from '../foreign-parameters.js';
import { own } from '../own.js';
import { OPENAI_RESPONSES } from './items.js';

/** Parameters of chat completions that the Responses API refuses, and without which the answer is still the one asked for. */
const CHAT_ONLY: ReadonlySet<string> = new Set([
  'seed',
  'logit_bias',
  'presence_penalty',
  'frequency_penalty',
  'prediction',
]);

/** The last two are of the API's beta. */
const KNOWN: ReadonlySet<string> = new Set([
  ...(API_PARAMETERS[OPENAI_RESPONSES] ?? []),
  'image',
  'betas',
  'multi_agent',
]);

/** Whether the Responses API refuses a parameter as unknown that can go, or has a counterpart, without a loss. */
export function isForeignParameter(name: string): boolean {
  if (CHAT_ONLY.has(name)) return true;
  return isForeignToChat(name) && !KNOWN.has(name) && !STOPS.has(name);
}

/** Stop sequences have no counterpart and are missed. */
const STOPS: ReadonlySet<string> = new Set(
  Object.keys(OPENAI_NAMES).filter((name) => OPENAI_NAMES[name] === 'stop'),
);

/** What OpenAI calls a parameter of another API; undefined where it has no counterpart. */
export function counterpartOf(name: string): string | undefined {
  const counterpart = own(OPENAI_NAMES, name);
  return typeof counterpart === 'string' && !CHAT_ONLY.has(counterpart) ? counterpart : undefined;
}
