/** A line on standard error that is written again and again, on a terminal only. */
export interface Progress {
  show(text: string): void;
  /** Takes the line away. */
  done(): void;
}

/** Milliseconds between two lines. */
const EVERY_MS = 100;

/** A progress line; none where standard error is no terminal. */
export function createProgress(): Progress {
  const { stderr } = process;
  let shownAt = 0;
  let isShown = false;
  return {
    show(text) {
      if (!stderr.isTTY || performance.now() - shownAt < EVERY_MS) return;
      shownAt = performance.now();
      isShown = true;
      stderr.write(`\r\u001b[K${text}`);
    },
    done() {
      if (isShown) stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}
