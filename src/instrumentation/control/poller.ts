import { OPAMP_CONTENT_TYPE } from '../../wire/opamp.js';
import type { AgentSession } from './agent-session.js';
import { createBackoff } from './backoff.js';
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

/** Starts polling, with the first poll at once. Never throws; never keeps the process alive. */
export function startPoller({ url, pollMs, session, answered, failed }: PollerOptions): Poller {
  const backoff = createBackoff();
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let isNudged = false;
  let isStopped = false;

  const schedule = (waitMs: number): void => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(turn, waitMs).unref();
  };
  const turn = (): void => {
    poll().catch((error: unknown) => failed(String(error)));
  };
  turn();
  return {
    nudge() {
      isNudged = true;
      if (!isBusy) schedule(0);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };

  async function poll(): Promise<void> {
    isBusy = true;
    isNudged = false;
    const answer = await post(url, session.next(), POLL_TIMEOUT_MS);
    isBusy = false;
    if (isStopped) return;
    schedule(digest(answer));
  }

  /** @returns the wait until the next poll, in milliseconds. */
  function digest(answer: HttpAnswer): number {
    if (answer.kind === 'failed' || answer.status !== 200) {
      session.restart();
      failed(answer.kind === 'failed' ? answer.problem : `HTTP status ${answer.status}`);
      const waitMs = Math.max(backoff.next(), pollMs);
      return answer.kind === 'answer' ? Math.max(answer.retryAfterMs ?? 0, waitMs) : waitMs;
    }
    backoff.reset();
    answered();
    const { speak, waitMs } = session.receive(answer.body);
    if (waitMs !== undefined) return waitMs;
    return speak || isNudged ? 0 : pollMs;
  }
}


/** Sends one message by POST. */
export function post(url: URL, body: Uint8Array, timeoutMs: number): Promise<HttpAnswer> {
  return exchange({ url, body, contentType: OPAMP_CONTENT_TYPE, maxBytes: MAX_ANSWER_BYTES, timeoutMs });
}
