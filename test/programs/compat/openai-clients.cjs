'use strict';
/** Clients of unusual kinds, and many calls at once. */
const { kind } = require('./seen.cjs');
const { chat } = require('./openai-samples.cjs');
const { manyAtOnce, throughFewConnections } = require('./many-at-once.cjs');

exports.cases = [
  {
    name: 'a subclassed client',
    run: async ({ Client, options }) => {
      class Mine extends Client {
        name() {
          return 'mine';
        }
      }
      const client = new Mine(options);
      return {
        name: client.name(),
        is: client instanceof Client,
        answer: await client.chat.completions.create(chat),
      };
    },
  },
  {
    name: 'a subclassed client that prepares its requests',
    run: async ({ Client, options }) => {
      class Mine extends Client {
        async prepareOptions(given) {
          await super.prepareOptions(given);
          given.headers = { ...given.headers, 'x-team': 'mine' };
        }
      }
      return new Mine(options).chat.completions.create(chat);
    },
  },
  {
    name: 'a subclassed resource',
    has: ({ Client }) => Client.Chat?.Completions,
    run: async ({ Client, client }) => {
      class Mine extends Client.Chat.Completions {
        create(params, options) {
          return super.create({ ...params, user: 'mine' }, options);
        }
      }
      const { data, response } = await new Mine(client()).create(chat).withResponse();
      return { object: data.object, status: response.status };
    },
  },
  {
    name: 'a client and its resources: instances',
    spans: 0,
    run: async ({ client, module }) => {
      const one = client();
      return [one, one.chat, one.chat.completions].map((item) => kind(item, module).of);
    },
  },
  {
    name: 'withOptions',
    has: ({ client }) => client().withOptions,
    run: ({ client }) => client().withOptions({ timeout: 9_000 }).chat.completions.create(chat),
  },
  {
    name: 'a detached method',
    run: ({ client }) => {
      const { completions } = client().chat;
      return completions.create.call(completions, chat);
    },
  },
  {
    name: 'a method without its resource',
    spans: 1,
    tokens: false,
    run: async ({ client }) => {
      const { create } = client().chat.completions;
      return create(chat);
    },
  },
  {
    name: 'name and length of the method',
    spans: 0,
    run: async ({ client }) => {
      const { create } = client().chat.completions;
      return { name: create.name, length: create.length };
    },
  },
  {
    name: 'the CommonJS copy and the ES module copy',
    spans: 2,
    run: async ({ client, loadOther, Client, options }) => {
      const other = await loadOther();
      const Other = other[Client.name] ?? other.default;
      const answers = await Promise.all([
        client().chat.completions.create(chat),
        new Other(options).chat.completions.create(chat).withResponse(),
      ]);
      return { objects: [answers[0].object, answers[1].data.object], same: Other === Client };
    },
  },
  {
    name: 'a second copy of the SDK',
    spans: 2,
    has: ({ loadSecond }) => loadSecond,
    run: async ({ client, loadSecond, options }) => {
      const other = await loadSecond();
      const second = new (other.OpenAI ?? other.default)(options);
      const answers = await Promise.all([
        client().chat.completions.create(chat),
        second.chat.completions.create(chat).withResponse(),
      ]);
      return { objects: [answers[0].object, answers[1].data.object] };
    },
  },
  manyAtOnce({
    prepare: ({ client, options }) => client({ fetch: throughFewConnections(options.fetch) }),
    call: (client, model, content) =>
      client.chat.completions.create({ model, messages: [{ role: 'user', content }] }),
    read: ({ model, usage, choices }) => ({
      model,
      input: usage.prompt_tokens,
      output: usage.completion_tokens,
      text: choices[0].message.content,
    }),
  }),
];
