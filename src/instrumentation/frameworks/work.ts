import { SpanKind, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';
import { GEN_AI, GENERAL } from '../../contract/names.js';
import { put, type UnknownRecord } from '../adapters/shape.js';
import { countError } from '../call.js';
import { contentJson } from '../content.js';
import { putContextValues } from '../context.js';
import type { Engine } from '../engine.js';
import { describeFailure, errorType } from '../spans.js';
import { durationOf, type WorkKind } from './metrics.js';

/** A piece of work of a framework, as it begins. */
export interface Work {
  readonly kind: WorkKind;
  /** The agent's, tool's or workflow's name. */
  readonly name: string | undefined;
  /** What the span is called by where there is no name. */
  readonly title?: string | undefined;
  readonly attributes: Attributes;
}

/** A piece of work under way. Its model calls have spans of their own, so it carries no tokens. */
export interface OpenWork {
  readonly engine: Engine;
  readonly work: Work;
  readonly span: Span;
  /** The context with the span in it; the framework does the work in here. */
  readonly context: Context;
  /** Monotonic instant in milliseconds. */
  readonly startedAt: number;
  ended: boolean;
}

const NAME_OF: Readonly<Record<WorkKind, string>> = {
  invoke_agent: GEN_AI.agentName,
  execute_tool: GEN_AI.toolName,
  invoke_workflow: GEN_AI.workflowName,
};

/** Starts the span of a piece of work. */
export function beginWork(engine: Engine, work: Work, parent: Context): OpenWork {
  const { kind, name, title = name } = work;
  const attributes: Attributes = {};
  putContextValues(attributes, parent);
  Object.assign(attributes, { [GEN_AI.operationName]: kind }, work.attributes);
  put(attributes, NAME_OF[kind], name);
  const spanName = title === undefined ? kind : `${kind} ${title}`;
  const span = engine.tracer.startSpan(spanName, { kind: SpanKind.INTERNAL, attributes }, parent);
  return {
    engine,
    work,
    span,
    context: trace.setSpan(parent, span),
    startedAt: performance.now(),
    ended: false,
  };
}

/** Ends the spans of work that was dropped before its end: a stream nobody read, a run that waits for ever. */
const dropped = new FinalizationRegistry<OpenWork>((open) => endWork(open, {}));

/**
 * Ends a piece of work when an object is collected, if it has not ended by then.
 * @param owner - what is collected once nobody can bring the work to an end; nothing the work holds may lead to it.
 */
export function endWhenDropped(owner: object, open: OpenWork): void {
  dropped.register(owner, open);
}

/** How a piece of work ended. */
export interface Outcome {
  /** Set, if only to null, when it failed. */
  readonly error?: unknown;
  /** `error.type` of it; its class when left out. */
  readonly type?: string;
  /** What a tool gave back; attached only when content is captured. */
  readonly result?: unknown;
}

/** Ends a piece of work. Later ends do nothing, and nothing here reaches the framework. */
export function endWork(open: OpenWork, outcome: Outcome): void {
  if (open.ended) return;
  open.ended = true;
  try {
    describeEnd(open, outcome);
  } catch (error) {
    countError(open.engine, error);
  }
  open.span.end();
}

function describeEnd({ engine, work, span, context, startedAt }: OpenWork, outcome: Outcome): void {
  const { error, result } = outcome;
  const failure = 'error' in outcome ? (outcome.type ?? errorType(error)) : undefined;
  const measured: Attributes = { [GEN_AI.operationName]: work.kind };
  put(measured, NAME_OF[work.kind], work.name);
  put(measured, GENERAL.errorType, failure);
  if (failure !== undefined) {
    describeFailure(span, failure, error instanceof Error ? error.message : String(error));
  } else if (result !== undefined && work.kind === 'execute_tool' && engine.options.captureContent) {
    span.setAttribute(GEN_AI.toolCallResult, contentJson(result, engine.options));
  }
  durationOf(engine.meter, work.kind).record((performance.now() - startedAt) / 1000, measured, context);
}

/** A call of a tool, as a framework reports it. */
export interface ToolCall {
  readonly name: string | undefined;
  readonly callId: string | undefined;
  readonly input: unknown;
  /** What the model was told the tool is for, where the framework says it. */
  readonly description?: string | undefined;
}

/** The work of a tool. Its arguments are attached only when content is captured. */
export function toolWork({ options }: Engine, { name, callId, input, description }: ToolCall): Work {
  const attributes: Attributes = { [GEN_AI.toolType]: 'function' };
  put(attributes, GEN_AI.toolCallId, callId);
  put(attributes, GEN_AI.toolDescription, description);
  if (options.captureContent && input !== undefined) {
    attributes[GEN_AI.toolCallArguments] = contentJson(input, options);
  }
  return { kind: 'execute_tool', name, attributes };
}

/** Attaches what a tool was given and gave back, where a framework tells it at the end; only when content is captured. */
export function noteToolContent({ engine: { options }, span }: OpenWork, told: UnknownRecord): void {
  if (!options.captureContent) return;
  const { input, output } = told;
  if (isTold(input)) span.setAttribute(GEN_AI.toolCallArguments, contentJson(parsed(input), options));
  if (isTold(output)) span.setAttribute(GEN_AI.toolCallResult, contentJson(parsed(output), options));
}

function isTold(value: unknown): boolean {
  return value !== undefined && value !== '';
}

/** A JSON text as what it says, so that it is not quoted twice; anything else as it is. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
