/** Parameters that must be whole numbers. */
export const WHOLE_NUMBERS: readonly string[] = [
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'max_tool_calls',
  'n',
  'seed',
  'top_logprobs',
  'best_of',
  'dimensions',
];

/** Parameters that must be numbers. */
export const NUMBERS: readonly string[] = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty'];

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number a text says, or undefined. */
export function numberIn(text: string): number | undefined {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) && Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined;
}
