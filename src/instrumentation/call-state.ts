// HOT: made for every LLM call. Benchmark: npm run bench -- call
import type { Context, Span } from '@opentelemetry/api';
import type { Params } from '../contract/request.js';
import type { Endpoint, SdkTarget } from './adapters/adapter.js';
import type { Engine } from './engine.js';
import type { UsageInjection } from './inject-usage.js';
import type { EndRecord } from './recording/recorder.js';

/** One call under way, from the moment it was intercepted until its span ends. */
export interface Call {
  readonly engine: Engine;
  readonly target: SdkTarget;
  readonly endpoint: Endpoint;
  readonly span: Span;
  /** The context with the span in it; what the SDK does runs in here. */
  readonly context: Context;
  /** What is sent; changed when it was refused and repaired. */
  params: Params;
  /** The model that is asked; changed with `params`. */
  model: string | undefined;
  /** Monotonic instants in milliseconds. */
  readonly startedAt: number;
  firstChunkAt: number;
  lastChunkAt: number;
  /** True once a stream has taken over: it, not the promise, says when the call is over. */
  streamed: boolean;
  ended: boolean;
  /** Set when Arc asked for the token counts: what the caller must not see of the answer. */
  readonly usage: UsageInjection | undefined;
  /** Set while requests are recorded: writes this one. */
  readonly recorded: EndRecord | undefined;
  /** Tools a repair renamed: the caller's name by the one that was sent. */
  toolNames: ReadonlyMap<string, string> | undefined;
  /** Told once, when the span ends. */
  onEnd: (() => void) | undefined;
}

/** What of a call is not known when it begins. */
type Progress = 'firstChunkAt' | 'lastChunkAt' | 'streamed' | 'ended' | 'toolNames' | 'onEnd';

/** A call that has begun. */
export function createCall(begun: Omit<Call, Progress>): Call {
  // Field by field: a spread takes longer than the rest of the call's bookkeeping.
  return {
    engine: begun.engine,
    target: begun.target,
    endpoint: begun.endpoint,
    span: begun.span,
    context: begun.context,
    params: begun.params,
    model: begun.model,
    startedAt: begun.startedAt,
    usage: begun.usage,
    recorded: begun.recorded,
    firstChunkAt: 0,
    lastChunkAt: 0,
    streamed: false,
    ended: false,
    toolNames: undefined,
    onEnd: undefined,
  };
}
