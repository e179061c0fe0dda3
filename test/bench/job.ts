import type { SetupName } from './launches.js';
import type { SinkAddress } from './span-sink.js';

/** What a contestant does. */
export interface Job {
  readonly setup: SetupName;
  readonly streamed: boolean;
  /** Length of the prompt, in bytes. */
  readonly bytes: number;
  /** 0.95 is what a built-in pattern repairs for the model asked. */
  readonly temperature: number;
  /** Calls under way at a time; one when left out. */
  readonly atOnce?: number;
  /** Calls start at this rate, whether or not earlier ones have ended; one after another when left out. */
  readonly perSecond?: number;
  /** Whether the model is behind HTTP on the loopback interface instead of inside the process. */
  readonly overHttp?: boolean;
  /** Whether spans are sent to a sink instead of being thrown away in the process. */
  readonly exported?: boolean;
}

/** A job with the addresses it needs. */
export interface Assignment extends Job {
  readonly modelUrl?: string;
  readonly sink?: SinkAddress;
}

/** What a contestant has to show at the end, so that a run that measured something else is noticed. */
export interface Outcome {
  /** Calls made since the start. */
  readonly calls: number;
  /** Spans of model calls that were exported inside the process; sent ones are counted by the sink. */
  readonly spans: number;
  /** Temperature of the request sent last; not a number when the model is behind HTTP, which knows it then. */
  readonly temperatureSent: number;
}

/** What is asked of a worker: a number of calls, or the end. */
export type Order = { readonly calls: number } | 'end';
