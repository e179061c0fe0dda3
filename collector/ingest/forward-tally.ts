/** Counts what forwarding did, and says so in the log when it changes. */
export interface ForwardTally {
  delivered(): void;
  dropped(exports: number, reason: string): void;
  /** An attempt failed and will be repeated. */
  troubled(reason: string): void;
  counts(): { readonly delivered: number; readonly dropped: number; readonly problem: string | null };
}

/** Builds a tally. One line is logged per change of state, not per export. */
export function createForwardTally(url: string, log: (line: string) => void): ForwardTally {
  let delivered = 0;
  let dropped = 0;
  let problem: string | null = null;
  const say = (reason: string, line: string): void => {
    if (problem !== reason) log(line);
    problem = reason;
  };
  return {
    delivered() {
      delivered += 1;
      if (problem !== null) log(`forward: ${url} takes exports again`);
      problem = null;
    },
    dropped(exports, reason) {
      dropped += exports;
      say(reason, `forward: dropping exports to ${url}: ${reason}`);
    },
    troubled: (reason) => say(reason, `forward: cannot reach ${url}, will keep trying: ${reason}`),
    counts: () => ({ delivered, dropped, problem }),
  };
}
