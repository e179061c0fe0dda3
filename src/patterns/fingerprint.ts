/** The normal form of a whole prompt and a 64-bit fingerprint of it, as two signed 32-bit halves. */
export interface ExactKey {
  readonly text: string;
  readonly high: number;
  readonly low: number;
}

/** Unicode NFC, with every run of whitespace as one space and none at the ends. */
export function exactText(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Normal form and fingerprint of a text. */
export function exactKey(text: string): ExactKey {
  const normal = exactText(text);
  const [high, low] = fingerprint(normal);
  return { text: normal, high, low };
}

/**
 * A stable 64-bit fingerprint of a text, as two signed 32-bit halves (signed, because V8 boxes integers of 2^31 and
 * more). Fast and well mixed, but no defence against forgery: whoever relies on equality compares the text too.
 */
export function fingerprint(text: string): readonly [high: number, low: number] {
  let high = 0x243f6a88 ^ text.length;
  let low = 0x85a308d3 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 15;
  }
  return [mix(high ^ (low >>> 16)), mix(low ^ (high >>> 16))];
}

/** A share from 0 up to, but not including, 1, the same for the same text in every process. */
export function stableShare(text: string): number {
  return (fingerprint(text)[0] >>> 0) / 2 ** 32;
}

/** The first half as eight hexadecimal digits, to name things by their content. */
export function shortFingerprint(text: string): string {
  return (fingerprint(text)[0] >>> 0).toString(16).padStart(8, '0');
}

/** Final mix of MurmurHash3: every input bit reaches every output bit. @see Appleby, smhasher, public domain */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 0;
}
