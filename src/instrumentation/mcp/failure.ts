import { isRecord, text } from '../adapters/shape.js';
import { errorType } from '../spans.js';

/** How an operation failed, in the conventions' terms. */
export interface McpFailure {
  /** `error.type`. */
  readonly type: string;
  /** The code of a JSON-RPC error that crossed the wire. */
  readonly code?: string;
  /** Absent where the answer itself says that it failed. */
  readonly message?: string;
}

/** Codes by which the SDK says that no answer came. */
const LOCAL: Readonly<Record<number, string>> = { [-32_000]: 'connection_closed', [-32_001]: 'timeout' };
const INTERNAL_ERROR = -32_603;

/** A tool that ran and failed. */
export const TOOL_ERROR: McpFailure = { type: 'tool_error' };
/** Nobody waits for the answer any more. */
export const CANCELLED: McpFailure = { type: 'cancelled' };
/** The handler can never end: nothing that could settle its promise is left. */
export const ABANDONED: McpFailure = { type: 'abandoned' };
/** Nothing is registered for the method. */
export const METHOD_NOT_FOUND: McpFailure = { type: '-32601', code: '-32601', message: 'Method not found' };

/** Why a request was rejected at the sender. @param aborted - whether the caller's own signal was. */
export function sendFailure(error: unknown, aborted: boolean): McpFailure {
  if (aborted) return CANCELLED;
  const message = messageOf(error);
  const code = isRecord(error) && error['name'] === 'McpError' ? codeOf(error) : undefined;
  if (code === undefined) return { type: errorType(error), message };
  const local = LOCAL[code];
  if (local !== undefined) return { type: local, message };
  return { type: String(code), code: String(code), message: message.replace(/^MCP error -?\d+: /, '') };
}

/** What the receiver answers when a handler throws. */
export function handlerFailure(error: unknown): McpFailure {
  const code = String((isRecord(error) ? codeOf(error) : undefined) ?? INTERNAL_ERROR);
  return { type: code, code, message: messageOf(error) };
}

function codeOf(error: Readonly<Record<string, unknown>>): number | undefined {
  const { code } = error;
  return typeof code === 'number' && Number.isSafeInteger(code) ? code : undefined;
}

function messageOf(error: unknown): string {
  return (isRecord(error) ? text(error['message']) : undefined) ?? String(error);
}
