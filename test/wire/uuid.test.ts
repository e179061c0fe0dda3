import test from 'ava';
import { formatUuid, newUuidV7 } from '../../src/wire/uuid.js';

test('newUuidV7: carries the time, the version and the variant', (t) => {
  const text = formatUuid(newUuidV7(0x0193_6f3a_1234));
  t.regex(text, /^01936f3a-1234-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('newUuidV7: two of the same millisecond differ', (t) => {
  t.not(formatUuid(newUuidV7(1)), formatUuid(newUuidV7(1)));
});
