import test from 'ava';
import { PackError } from '../../src/contract/errors.js';
import { parsePack } from '../../src/patterns/parse-pack.js';

/** A pattern called a.b of these lines. */
export const pattern = (body: string): string => `id: a.b\n${body}`;
/** A pattern of this match. */
export const match = (condition: string): string => pattern(`match: ${condition}\nfix: [{ set: { n: 1 } }]`);
/** A pattern of this fix. */
export const fix = (operations: string): string => pattern(`match: { model: gpt-4 }\nfix: ${operations}`);

/** Checks that a file is refused, and where and why. */
export const refuses = test.macro({
  exec(t, text: string, position: string, words: RegExp) {
    const error = t.throws(() => parsePack(text, 'bad.yaml'), { instanceOf: PackError });
    t.is(error?.code, 'ARC_PACK_INVALID');
    t.true(error?.message.startsWith(`bad.yaml:${position} `), error?.message);
    t.regex(error?.message ?? '', words);
  },
  title: (given) => `parsePack: refuses ${given}`,
});
