/** Names of tools and ids of calls, as every provider takes them. */
const TOOL_NAME = /^[a-zA-Z0-9_-]+$/;

/** Longest name of a tool: 64 by the documentation of most providers, 128 at Anthropic itself. */
export const TOOL_NAME_LENGTH = 64;

/** Longest name Anthropic takes. */
export const ANTHROPIC_TOOL_NAME_LENGTH = 128;

/** True for a text that may name a tool or a call. */
export function isToolName(name: unknown, maxLength: number = Number.POSITIVE_INFINITY): name is string {
  return typeof name === 'string' && name.length <= maxLength && TOOL_NAME.test(name);
}
