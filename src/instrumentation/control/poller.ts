import { OPAMP_CONTENT_TYPE } from '../../wire/opamp.js';
import type { AgentSession } from './agent-session.js';
import { createBackoff, type Backoff } from './backoff.js';
import { exchange, type HttpAnswer } from './http-exchange.js';

/** The control channel over plain HTTP. */
export interface Poller {
  /** Polls now instead of at the next turn. */
  nudge(): void;
  /** Ends; an answer that is still on its way is dropped. */
  stop(): void;
}

/** How to poll. */
export interface PollerOptions {
  readonly url: URL;
  /** Between two polls, in milliseconds. */
  readonly pollMs: number;
  readonly session: AgentSession;
  readonly answered: () => void;
  readonly failed: (problem: string) => void;
}

/** Longest message of the server, in bytes. */
const MAX_ANSWER_BYTES = 4_194_304;
/** For one poll, in milliseconds. */
const POLL_TIMEOUT_MS = 10_000;

interface Turns {
  timer: NodeJS.Timeout | undefined;
  isBusy: boolean;
  isNudged: boolean;
  isStopped: boolean;
  readonly backoff: Backoff;
}

/** Starts polling, with the first poll at once. Never throws; never keeps the process alive. */
export function startPoller(options: PollerOptions): Poller {
  const turns: Turns = {
    timer: undefined,
    isBusy: false,
    isNudged: false,
    isStopped: false,
    backoff: createBackoff(),
  };
  void takeTurn(turns, options);
  return {
    nudge() {
      turns.isNudged = true;
      if (!turns.isBusy) schedule(turns, options, 0);
    },
    stop() {
      turns.isStopped = true;
      clearTimeout(turns.timer);
    },
  };
}

function schedule(turns: Turns, options: PollerOptions, waitMs: number): void {
  clearTimeout(turns.timer);
  if (!turns.isStopped) turns.timer = setTimeout(() => void takeTurn(turns, options), waitMs).unref();
}

/** Never rejects: a rejection would end the application. */
async function takeTurn(turns: Turns, options: PollerOptions): Promise<void> {
  turns.isBusy = true;
  turns.isNudged = false;
  const answer = await poll(options);
  turns.isBusy = false;
  if (!turns.isStopped) schedule(turns, options, digest(answer, turns, options));
}

async function poll({ url, session }: PollerOptions): Promise<HttpAnswer> {
  try {
    return await post(url, session.next(), POLL_TIMEOUT_MS);
  } catch (error) {
    return { kind: 'failed', problem: String(error) };
  }
}

/** @returns the wait until the next poll, in milliseconds. */
function digest(answer: HttpAnswer, { backoff, isNudged }: Turns, options: PollerOptions): number {
  const { session, pollMs } = options;
  if (answer.kind === 'failed' || answer.status !== 200) {
    session.restart();
    options.failed(answer.kind === 'failed' ? answer.problem : `HTTP status ${answer.status}`);
    const waitMs = Math.max(backoff.next(), pollMs);
    return answer.kind === 'answer' ? Math.max(answer.retryAfterMs ?? 0, waitMs) : waitMs;
  }
  backoff.reset();
  options.answered();
  const { speak, waitMs } = session.receive(answer.body);
  if (waitMs !== undefined) return waitMs;
  return speak || isNudged ? 0 : pollMs;
}

/** Sends one message by POST. */
export function post(url: URL, body: Uint8Array, timeoutMs: number): Promise<HttpAnswer> {
  return exchange({ url, body, contentType: OPAMP_CONTENT_TYPE, maxBytes: MAX_ANSWER_BYTES, timeoutMs });
}
