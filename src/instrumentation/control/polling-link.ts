import { displayUrl, FAREWELL_MS, type Link, type LinkParts } from './link.js';
import { post, startPoller } from './poller.js';

/** What a polling link is made of. */
export interface PollingLinkParts extends LinkParts {
  /** Called after each poll that failed, with why. */
  readonly failed?: (problem: string) => void;
}

/** A link that polls. */
export interface PollingLink extends Link {
  /** Ends without a goodbye, because another way has taken over. */
  abandon(): void;
}

/** Opens a link that polls an `http` or `https` URL. */
export function openPollingLink({ url, pollMs, session, log, failed }: PollingLinkParts): PollingLink {
  const shown = displayUrl(url);
  let state = `connecting ${shown}`;
  let isAnswered = false;
  const poller = startPoller({
    url,
    pollMs,
    session,
    answered() {
      isAnswered = true;
      state = `polling ${shown}`;
    },
    failed(problem) {
      if (isAnswered) log(`control: lost ${shown}: ${problem}`);
      isAnswered = false;
      state = `unreachable ${shown} (${problem})`;
      failed?.(problem);
    },
  });
  return {
    state: () => state,
    nudge: () => poller.nudge(),
    abandon: () => poller.stop(),
    async close() {
      poller.stop();
      state = `closed ${shown}`;
      if (isAnswered) await post(url, session.farewell(), FAREWELL_MS);
    },
  };
}
