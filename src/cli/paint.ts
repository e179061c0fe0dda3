/** Puts a colour around a text, or leaves it as it is. */
export type Paint = (colour: keyof typeof COLOURS, text: string) => string;

const COLOURS = { green: 32, red: 31, yellow: 33, cyan: 36, dim: 2, bold: 1 } as const;

/** Builds the painter for a terminal, or one that paints nothing. */
export function createPaint(colour: boolean): Paint {
  return (name, text) => (colour ? `\u001b[${COLOURS[name]}m${text}\u001b[0m` : text);
}

/** Takes out what could move the cursor or colour the terminal: telemetry is text of strangers. */
export function safe(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
