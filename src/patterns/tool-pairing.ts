import {
  ANTHROPIC_MESSAGES,
  BEDROCK_CONVERSE,
  blocksOf,
  roleOf,
  toolCallIdOf,
  toolCallsOf,
  typeOf,
} from './conversation.js';
import { isRecord, own } from './own.js';

/** A tool result that answers no call: the message it stands in, and for APIs of blocks the block inside it. */
export interface OrphanResult {
  readonly message: number;
  readonly block: number;
}

/** Calls of one assistant turn that nothing answers. `at` is the index of the message that should have done it. */
export interface OpenCalls {
  readonly at: number;
  readonly ids: readonly string[];
}

/** Which tool results lack a call, and which calls lack a result. */
export interface ToolPairing {
  readonly orphans: readonly OrphanResult[];
  readonly open: readonly OpenCalls[];
}

interface State {
  readonly orphans: OrphanResult[];
  readonly open: OpenCalls[];
  /** Ids the assistant turn before called, or undefined when the last turn called nothing. */
  calls: Set<string> | undefined;
  /** Those of them that are not answered yet. */
  readonly pending: Set<string>;
}

/**
 * Pairs tool calls with their results the way the provider does: an answer must stand directly after the turn that
 * called. Linear in the number of messages and blocks.
 */
export function pairTools(api: string, messages: readonly unknown[]): ToolPairing {
  const state: State = { orphans: [], open: [], calls: undefined, pending: new Set() };
  if (api === ANTHROPIC_MESSAGES || api === BEDROCK_CONVERSE) pairBlocks(messages, state);
  else pairMessages(messages, state);
  close(state, messages.length);
  return state;
}

/** OpenAI: `tool` messages follow the assistant message whose `tool_calls` they answer. */
function pairMessages(messages: readonly unknown[], state: State): void {
  messages.forEach((message, index) => {
    if (roleOf(message) === 'tool') {
      answer(state, toolCallIdOf(message), { message: index, block: -1 });
      return;
    }
    close(state, index);
    if (roleOf(message) === 'assistant') call(state, toolCallsOf(message));
  });
}

/** Anthropic and Converse: results stand in the user turn after; neighbours of one role are one turn. */
function pairBlocks(messages: readonly unknown[], state: State): void {
  let last = '';
  messages.forEach((message, index) => {
    const role = roleOf(message);
    if (role !== 'user' && role !== 'assistant') return;
    const blocks = blocksOf(message);
    if (role === 'assistant') {
      if (last !== 'assistant') close(state, index);
      for (const block of blocks) addCall(state, calledId(block));
    } else {
      blocks.forEach((block, position) => {
        if (isToolResult(block)) answer(state, answeredId(block), { message: index, block: position });
      });
      if (roleOf(messages[index + 1]) !== 'user') close(state, firstOfTurn(messages, index));
    }
    last = role;
  });
}

/** The id of the tool call a block makes, in Anthropic's form or in that of Converse, or undefined. */
export function calledId(block: unknown): unknown {
  return typeOf(block) === 'tool_use' ? own(block, 'id') : own(own(block, 'toolUse'), 'toolUseId');
}

/** True for a block that answers a tool call, in Anthropic's form or in that of Converse. */
export function isToolResult(block: unknown): boolean {
  return typeOf(block) === 'tool_result' || isRecord(own(block, 'toolResult'));
}

/** Which call a tool result answers. */
export function answeredId(block: unknown): unknown {
  return own(block, 'tool_use_id') ?? own(own(block, 'toolResult'), 'toolUseId');
}

function firstOfTurn(messages: readonly unknown[], index: number): number {
  let first = index;
  while (first > 0 && roleOf(messages[first - 1]) === 'user') first -= 1;
  return first;
}

function call(state: State, calls: readonly unknown[]): void {
  for (const entry of calls) addCall(state, own(entry, 'id'));
}

function addCall(state: State, id: unknown): void {
  if (typeof id !== 'string') return;
  state.calls ??= new Set();
  state.calls.add(id);
  state.pending.add(id);
}

function answer(state: State, id: unknown, place: OrphanResult): void {
  // A result without a readable id beside real calls is another failure; only the provider can tell.
  const known = typeof id === 'string' ? state.calls?.has(id) === true : state.calls !== undefined;
  if (!known) state.orphans.push(place);
  else if (typeof id === 'string') state.pending.delete(id);
}

function close(state: State, at: number): void {
  state.calls = undefined;
  if (state.pending.size === 0) return;
  state.open.push({ at, ids: [...state.pending] });
  state.pending.clear();
}
