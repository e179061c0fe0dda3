import {
  anything,
  decimal,
  integer,
  list,
  oneOf,
  open,
  text,
  type Shape,
} from '../../../src/cli/demo/model-server/shape.js';

const cachePoint = open({ 'type!': oneOf('default'), ttl: oneOf('5m 1h') });
const image = open({ 'format!': oneOf('png jpeg gif webp'), 'source!': anything });
const DOCUMENTS = 'pdf csv doc docx xls xlsx html txt md';
const document = open({
  format: oneOf(DOCUMENTS),
  'name!': text({ min: 1, max: 200, pattern: /^[a-zA-Z0-9\-()[\]]+( [a-zA-Z0-9\-()[\]]+)*$/ }),
  'source!': anything,
});
const ID = text({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_.:-]+$/ });
const NAME = text({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ });

const block = open({
  text: text(),
  image,
  document,
  video: open({ 'format!': anything, 'source!': anything }),
  toolUse: open({ 'toolUseId!': ID, 'name!': NAME, 'input!': anything }),
  toolResult: open({
    'toolUseId!': ID,
    'content!': list(open({ text: text(), image, document })),
    status: oneOf('success error'),
  }),
  cachePoint,
  reasoningContent: open({}),
});

/** The parameters of `Converse` and their types. */
export const BEDROCK_SHAPE: Shape = open({
  'modelId!': text({ min: 1, max: 2048 }),
  messages: list(open({ 'role!': oneOf('user assistant'), 'content!': list(block) })),
  system: list(open({ text: text({ min: 1 }), cachePoint })),
  inferenceConfig: open({
    maxTokens: integer(1),
    temperature: decimal(0, 1),
    topP: decimal(0, 1),
    stopSequences: list(text({ min: 1 }), { max: 2500 }),
  }),
  toolConfig: open({
    'tools!': list(
      open({
        toolSpec: open({
          'name!': NAME,
          description: text({ min: 1 }),
          'inputSchema!': open({ json: open({}) }),
        }),
        cachePoint,
      }),
      { min: 1 },
    ),
    toolChoice: open({ auto: open({}), any: open({}), tool: open({ 'name!': NAME }) }),
  }),
  guardrailConfig: open({}),
  additionalModelRequestFields: anything,
  requestMetadata: open({}),
});
