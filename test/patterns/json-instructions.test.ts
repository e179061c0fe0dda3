import test from 'ava';
import { asksForJson } from '../../src/patterns/json-instructions.js';

const asks = (system: string, user = 'Paris') =>
  asksForJson({
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
  });

for (const text of [
  'Return only valid JSON: {"towns":[]}',
  'You only answer in JSON.',
  'Respond with a JSON object and nothing else.',
  'Output strictly the JSON object {"a": [1]}.',
  'Reply with JSON, no other text.',
]) {
  test(`asksForJson: "${text}"`, (t) => t.true(asks(text)));
}
test('asksForJson: the user may ask', (t) => t.true(asks('Be kind.', 'Answer with only JSON.')));

for (const text of [
  'What does this JSON mean?',
  'You only review JSON files.',
  'Return only a JSON array.',
  'Return only JSON: [{"a":1}]',
  'Return only JSON Lines.',
  'Return only JSON or the word NONE.',
  'Do not answer with only JSON.',
  'Return only JSON. If you do not know, say so.',
  'Return only JSON unless told otherwise.',
  'JSON '.repeat(5000),
]) {
  test(`asksForJson: not by "${text.slice(0, 60)}"`, (t) => t.false(asks(text)));
}
test('asksForJson: not beside a format or tools', (t) => {
  const messages = [{ role: 'system', content: 'Return only JSON.' }];
  t.true(asksForJson({ messages }));
  t.false(asksForJson({ messages, response_format: { type: 'text' } }));
  t.false(asksForJson({ messages, tools: [] }));
});
