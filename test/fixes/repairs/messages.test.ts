import test from 'ava';
import { keeps, repairs } from './repair.js';

const LINK = 'https://example.com/a.png';
const image = { type: 'image_url', image_url: { url: LINK } };
const text = (value: string) => ({ type: 'text', text: value });
const user = (content: unknown, rest: object = {}) => ({ role: 'user', content, ...rest });

const roles = { messages: 'standard_roles' } as const;
test(
  'names of libraries, and capitals',
  repairs,
  roles,
  { messages: [{ role: 'Human' }, { role: 'ai' }, { role: ' SYSTEM ' }, { role: 'narrator' }] },
  { messages: [{ role: 'user' }, { role: 'assistant' }, { role: 'system' }, { role: 'narrator' }] },
);
test('the roles of the API', keeps, roles, {
  messages: ['system', 'developer', 'user', 'assistant', 'tool', 'function'].map((role) => ({ role })),
});

test(
  'system and developer',
  repairs,
  { messages: 'instructions_as_user' },
  { messages: [{ role: 'system', content: 'a' }, { role: 'developer', content: 'b' }, user('c')] },
  { messages: [user('a'), user('b'), user('c')] },
);

const fields = { messages: 'drop_unknown_fields' } as const;
test(
  'records of the application',
  repairs,
  fields,
  { messages: [user('a', { id: 1, createdAt: 2, name: 'x' })] },
  {
    messages: [user('a', { name: 'x' })],
  },
);
test('an answer as the API gave it', keeps, fields, {
  messages: [
    { role: 'assistant', content: 'a', refusal: null, annotations: [], audio: null, tool_calls: [{}] },
  ],
});

const names = { messages: 'refer_by_name' } as const;
test(
  'a space',
  repairs,
  names,
  { messages: [user('a', { name: ' Ada  L. ' })] },
  {
    messages: [user('a', { name: 'Ada_L_' })],
  },
);
test(
  'nothing that could stay',
  repairs,
  names,
  { messages: [user('a', { name: '</>' })] },
  {
    messages: [user('a')],
  },
);
test('letters of any script', keeps, names, { messages: [user('a', { name: 'Åsa.K' })] });
test('a function, whose name is not free', keeps, names, {
  messages: [{ role: 'function', name: 'a b', content: '' }],
});

const fill = { messages: 'fill_content' } as const;
test(
  'null, missing, no parts',
  repairs,
  fill,
  { messages: [user(null), { role: 'tool', tool_call_id: 'a' }, user([]), { role: 'assistant' }] },
  {
    messages: [
      user(''),
      { role: 'tool', tool_call_id: 'a', content: '' },
      user(''),
      { role: 'assistant', content: '' },
    ],
  },
);
test('what speaks for itself', keeps, fill, {
  messages: [
    { role: 'assistant', content: null, tool_calls: [{}] },
    { role: 'assistant', function_call: {} },
    { role: 'assistant', audio: { id: 'a' } },
    { role: 'assistant', content: null, refusal: 'no' },
    user(''),
  ],
});
test(
  'beside a call',
  repairs,
  { messages: 'name_content' },
  { messages: [{ role: 'assistant', tool_calls: [{}] }, { role: 'assistant' }] },
  { messages: [{ role: 'assistant', tool_calls: [{}], content: null }, { role: 'assistant' }] },
);
test(
  'objects and numbers',
  repairs,
  { messages: 'content_as_text' },
  { messages: [user({ a: [1] }), user(7), user(false), user('a'), user(null), user([])] },
  { messages: [user('{"a":[1]}'), user('7'), user('false'), user('a'), user(null), user([])] },
);

const parts = { messages: 'standard_parts' } as const;
test(
  'texts and images of other APIs',
  repairs,
  parts,
  {
    messages: [
      user([
        'bare',
        { text: 'untyped' },
        { type: 'input_text', text: 'in' },
        { type: 'input_image', image_url: LINK, detail: 'low' },
        { type: 'image_url', image_url: LINK },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
        { rows: [1] },
      ]),
    ],
  },
  {
    messages: [
      user([
        text('bare'),
        text('untyped'),
        text('in'),
        { type: 'image_url', image_url: { url: LINK, detail: 'low' } },
        image,
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        text('{"rows":[1]}'),
      ]),
    ],
  },
);
test('parts of the API and of later ones', keeps, parts, {
  messages: [user([text('a'), image, { type: 'input_audio', input_audio: {} }, { type: 'video', video: 1 }])],
});

const images = { messages: 'images_to_user' } as const;
test(
  'after the last result of the turn',
  repairs,
  images,
  {
    messages: [
      { role: 'tool', tool_call_id: 'a', content: [text('shot'), image] },
      { role: 'tool', tool_call_id: 'b', content: [image] },
      { role: 'assistant', content: 'done' },
    ],
  },
  {
    messages: [
      { role: 'tool', tool_call_id: 'a', content: [text('shot')] },
      { role: 'tool', tool_call_id: 'b', content: 'The image is in the next user message.' },
      user([image, image]),
      { role: 'assistant', content: 'done' },
    ],
  },
);
test('images of the user', keeps, images, { messages: [user([image])] });

const halves = { messages: 'well_formed' } as const;
test('half of an emoji', repairs, halves, { messages: [user('a\ud83d')] }, { messages: [user('a\ufffd')] });
test('a whole one', keeps, halves, { messages: [user('a\ud83d\ude00')] });
