import test from 'ava';
import { messageClass } from '../../../collector/store/message-class.js';

const same = test.macro({
  exec(t, left: string, right: string) {
    t.is(messageClass(left), messageClass(right));
  },
  title: (name) => `messageClass: ${name} make no difference`,
});

test('numbers', same, 'max is 4096, got 9,000', 'max is 128, got 77');
test('request ids', same, 'failed (req_01HZX9a8b7c6)', 'failed (req_77777777aa)');
test('UUIDs', same, 'id 0b5c2f1e-1111-4222-8333-444455556666', 'id 1c5c2f1e-1111-4222-8333-444455556667');
test('addresses', same, 'see https://a.example/x?y=1', 'see https://b.example/');
test('whitespace', same, 'a\n  b', 'a b');

test('messageClass: names of parameters stay', (t) => {
  t.not(
    messageClass("Unsupported parameter: 'max_tokens'"),
    messageClass("Unsupported parameter: 'temperature'"),
  );
});

test('messageClass: an HTTP status at the start stays, other leading numbers do not', (t) => {
  t.is(messageClass('400 max is 4096'), '400 max is <n>');
  t.is(messageClass('4096 tokens'), '<n> tokens');
});

test('messageClass: a huge message is cut and takes no time', (t) => {
  const started = performance.now();
  t.true(messageClass('a_1'.repeat(1_000_000)).length <= 200);
  t.true(performance.now() - started < 500);
});
