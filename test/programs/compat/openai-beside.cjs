'use strict';
/** What Arc leaves alone: it goes through the whole way, and has no span. */
const { collect, kind } = require('./seen.cjs');

const has =
  (...path) =>
  ({ client }) =>
    path.reduce((at, key) => at?.[key], client());
const file = (name = 'lines.jsonl') => new File(['{}\n'], name);
const image = () => new File([new Uint8Array([1, 2])], 'boat.png', { type: 'image/png' });
const line = { input_file_id: 'file-1', endpoint: '/v1/chat/completions', completion_window: '24h' };
const boat = { model: 'gpt-image-1', prompt: 'a boat' };

exports.cases = [
  beside('models.list', has('models', 'list'), async ({ models }, { module }) => {
    const page = await models.list();
    return { page: kind(page, module), models: await collect(page) };
  }),
  beside('models.retrieve', has('models', 'retrieve'), ({ models }) => models.retrieve('gpt-4o')),
  beside('moderations', has('moderations', 'create'), ({ moderations }) =>
    moderations.create({ input: 'fine' }),
  ),
  beside('moderations withResponse', has('moderations', 'create'), async ({ moderations }) => {
    const { data, response } = await moderations.create({ input: 'fine' }).withResponse();
    return { data, status: response.status };
  }),
  beside('images', has('images', 'generate'), ({ images }) => images.generate(boat)),
  beside('images as a stream', has('images', 'generate'), async ({ images }) => {
    const answer = await images.generate({ ...boat, stream: true, partial_images: 1 });
    return Symbol.asyncIterator in answer ? collect(answer) : answer;
  }),
  beside('images edited', has('images', 'edit'), ({ images }) => images.edit({ ...boat, image: image() })),
  beside('speech', has('audio', 'speech', 'create'), async ({ audio }, { module }) => {
    const response = await audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'hi' });
    return { of: kind(response, module).chain, bytes: [...new Uint8Array(await response.arrayBuffer())] };
  }),
  beside('transcriptions', has('audio', 'transcriptions', 'create'), ({ audio }) =>
    audio.transcriptions.create({ model: 'whisper-1', file: file('boat.mp3') }),
  ),
  beside('translations', has('audio', 'translations', 'create'), ({ audio }) =>
    audio.translations.create({ model: 'whisper-1', file: file('boat.mp3') }),
  ),
  beside('files.create', has('files', 'create'), ({ files }) =>
    files.create({ purpose: 'batch', file: file() }),
  ),
  beside('files.list', has('files', 'list'), async ({ files }) => collect(await files.list())),
  beside('files.content', has('files', 'content'), async ({ files }) =>
    (await files.content('file-1')).text(),
  ),
  beside('files.delete', has('files', 'retrieve'), ({ files }) =>
    files.delete ? files.delete('file-1') : files.del('file-1'),
  ),
  beside('batches.create', has('batches', 'create'), ({ batches }) => batches.create(line)),
  beside('batches.retrieve', has('batches', 'retrieve'), ({ batches }) => batches.retrieve('batch_1')),
  beside('batches.list', has('batches', 'list'), async ({ batches }) => collect(await batches.list())),
  beside('batches.cancel', has('batches', 'cancel'), ({ batches }) => batches.cancel('batch_1')),
  beside('responses.retrieve', has('responses', 'retrieve'), ({ responses }) => responses.retrieve('resp_1')),
  beside('responses.cancel', has('responses', 'cancel'), ({ responses }) => responses.cancel('resp_1')),
];

/** An API for which the conventions have no inference span. */
function beside(name, has, call) {
  return {
    name: `${name}: left alone`,
    spans: 0,
    has,
    run: (kit) => call(kit.client({ baseURL: kit.media }), kit),
  };
}
