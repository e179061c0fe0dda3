import { randomFillSync } from 'node:crypto';

/**
 * A new UUID of version 7: 48 bits of Unix time in milliseconds, then random bits.
 * @param nowMs - Unix time in milliseconds.
 * @see RFC 9562, section 5.7.
 * @example formatUuid(newUuidV7(Date.now())) // '01936f3a-…'
 */
export function newUuidV7(nowMs: number): Uint8Array {
  const bytes = Buffer.alloc(16);
  randomFillSync(bytes, 6);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes;
}

/** The usual text form of the 16 bytes, lower case. */
export function formatUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
