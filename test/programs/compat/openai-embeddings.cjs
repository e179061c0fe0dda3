'use strict';
/** Ways to ask for embeddings. */

exports.cases = [
  {
    name: 'embeddings',
    run: ({ client }) =>
      client().embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] }),
  },
  {
    name: 'embeddings as floats',
    run: ({ client }) =>
      client().embeddings.create({
        model: 'text-embedding-3-small',
        input: 'one',
        dimensions: 4,
        encoding_format: 'float',
      }),
  },
  {
    name: 'embeddings withResponse',
    run: async ({ client }) =>
      (await client().embeddings.create({ model: 'm', input: 'one' }).withResponse()).data,
  },
  {
    name: 'embeddings refused',
    tokens: false,
    run: ({ client }) => client().embeddings.create({ model: 'm' }),
  },
];
