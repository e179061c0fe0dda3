import test from 'ava';
import fc from 'fast-check';
import { maskRequest } from '../../../src/instrumentation/recording/mask.js';

test('mask: letters and digits go; what names, pairs or steers stays', (t) => {
  const request = {
    model: 'gpt-4o',
    temperature: 0.2,
    user: 'ann@example.org',
    messages: [
      { role: 'system', content: 'Answer in JSON, Ann.' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'find', arguments: '{"q":"Ann 7","all":true}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: ' Ännchen ' }] },
    ],
  };
  t.deepEqual(maskRequest(request), {
    model: 'gpt-4o',
    temperature: 0.2,
    user: 'xxx@xxxxxxx.xxx',
    messages: [
      { role: 'system', content: 'Xxxxxx xx JSON, Xxx.' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'find', arguments: '{"x":"Xxx 0","xxx":true}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: ' Xxxxxxx ' }] },
    ],
  });
});

test('mask: of binary data the beginning stays, which tells its kind', (t) => {
  const data = `iVBORw0KGgo${'A'.repeat(400)}`;
  t.deepEqual(maskRequest({ data, url: `data:image/png;base64,${data}` }), {
    data: data.slice(0, 32),
    url: `data:image/png;base64,${data.slice(0, 32)}`,
  });
});

test('mask: no letter or digit of a text is left, and its length and whitespace are', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (content) => {
      const { text } = maskRequest({ text: content }) as { text: string };
      if (/json|true|false|null/i.test(content) || content.length >= 256) return;
      t.false(/[^\P{L}xX]|[^\P{Nd}0]/u.test(text.normalize('NFC')), JSON.stringify([content, text]));
      t.deepEqual(
        Array.from(text, (c) => c.trim() === ''),
        Array.from(content, (c) => c.trim() === ''),
      );
    }),
    { seed: 20261121 },
  );
});
