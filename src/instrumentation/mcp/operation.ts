import {
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
} from '@opentelemetry/api';
import { GEN_AI, GENERAL, MCP } from '../../contract/names.js';
import { isRecord, put, record, text } from '../adapters/shape.js';
import { countError } from '../call.js';
import { contentJson } from '../content.js';
import { describeFailure } from '../spans.js';
import type { McpCore } from './core.js';
import { TOOL_ERROR, type McpFailure } from './failure.js';
import { detailAttributes, messageAttributes, spanNameOf, type McpMessage, type McpSide } from './message.js';
import { sessionAttributes, sessionId, type Session } from './session.js';
import { toolSpanIn } from './tool-span.js';

/** One message under way, from the moment it was sent or received until it is answered or handled. */
export interface Operation {
  readonly core: McpCore;
  readonly side: McpSide;
  readonly message: McpMessage;
  readonly session: Session;
  readonly span: Span;
  /** False when the span is a framework's that traces the same tool call: Arc adds to it and leaves its end alone. */
  readonly ownsSpan: boolean;
  readonly context: Context;
  /** Monotonic instant in milliseconds. */
  readonly startedAt: number;
  ended: boolean;
}

/** What is known when a message is sent or received. */
export interface Begun {
  readonly side: McpSide;
  readonly message: McpMessage;
  readonly session: Session;
  /** What the span belongs to. */
  readonly parent: Context;
  readonly links?: Link[];
}

/** Starts an operation and its span. */
export function beginOperation(core: McpCore, begun: Begun): Operation {
  const { side, message, session, parent } = begun;
  const shared = { ...messageAttributes(message), ...sessionAttributes(session) };
  const attributes: Attributes = { ...shared, ...detailAttributes(message) };
  const { engine } = core;
  if (engine.options.captureContent) putArguments(core, attributes, message);
  const outer = side === 'client' ? toolSpanIn(parent, attributes) : undefined;
  const kind = side === 'client' ? SpanKind.CLIENT : SpanKind.SERVER;
  const options = { kind, attributes, ...(begun.links && { links: begun.links }) };
  const span = outer ?? engine.tracer.startSpan(spanNameOf(shared), options, parent);
  outer?.setAttributes(attributes);
  const context = outer ? parent : trace.setSpan(parent, span);
  return {
    core,
    side,
    message,
    session,
    span,
    ownsSpan: !outer,
    context,
    startedAt: performance.now(),
    ended: false,
  };
}

/** Ends an operation that was answered or handled. Later ends do nothing. */
export function finishOperation(operation: Operation, result: unknown): void {
  end(operation, () => {
    const { core, message, session, span } = operation;
    const answer = record(result);
    if (message.method === 'initialize') session.protocolVersion = text(answer['protocolVersion']);
    if (message.method !== 'tools/call') return undefined;
    if (answer['isError'] === true) return TOOL_ERROR;
    if (core.engine.options.captureContent) {
      const value = answer['structuredContent'] ?? answer['content'];
      span.setAttribute(GEN_AI.toolCallResult, contentJson(value, core.engine.options));
    }
    return undefined;
  });
}

/**
 * Ends an operation that failed. The error itself goes its own way.
 * @param failure - reads the error, which may be anything; what it throws is counted and goes no further.
 */
export function failOperation(operation: Operation, failure: () => McpFailure): void {
  end(operation, failure);
}

/** Runs what tells how it ended, writes that down and ends the span; nothing here reaches the protocol. */
function end(operation: Operation, outcome: () => McpFailure | undefined): void {
  if (operation.ended) return;
  operation.ended = true;
  try {
    const failure = outcome();
    describeEnd(operation, failure);
    recordDuration(operation, failure);
  } catch (error) {
    countError(operation.core.engine, error);
  }
  if (operation.ownsSpan) operation.span.end();
}

function describeEnd({ session, span, ownsSpan }: Operation, failure: McpFailure | undefined): void {
  const attributes: Attributes = {};
  put(attributes, MCP.sessionId, sessionId(session));
  put(attributes, MCP.protocolVersion, session.protocolVersion);
  put(attributes, MCP.responseStatusCode, failure?.code);
  span.setAttributes(attributes);
  if (!failure || !ownsSpan) return;
  if (failure.message !== undefined) describeFailure(span, failure.type, failure.message);
  else span.setAttribute(GENERAL.errorType, failure.type).setStatus({ code: SpanStatusCode.ERROR });
}

function recordDuration(operation: Operation, failure: McpFailure | undefined): void {
  const { core, side, message, session, context, startedAt } = operation;
  const attributes = { ...messageAttributes(message), ...sessionAttributes(session) };
  put(attributes, MCP.responseStatusCode, failure?.code);
  put(attributes, GENERAL.errorType, failure?.type);
  core.instruments()[side].operation.record((performance.now() - startedAt) / 1000, attributes, context);
}

function putArguments({ engine }: McpCore, attributes: Attributes, { method, params }: McpMessage): void {
  const given = isRecord(params) ? params['arguments'] : undefined;
  if (method === 'tools/call' && given !== undefined) {
    attributes[GEN_AI.toolCallArguments] = contentJson(given, engine.options);
  }
}
