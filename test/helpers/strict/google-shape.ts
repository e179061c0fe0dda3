import {
  anything,
  decimal,
  either,
  flag,
  integer,
  list,
  object,
  open,
  text,
  type Shape,
} from '../../../src/cli/demo/model-server/shape.js';

const GENERATION: Shape = object({
  audioTimestamp: flag,
  candidateCount: integer(1, 8),
  enableAffectiveDialog: flag,
  enableEnhancedCivicAnswers: flag,
  frequencyPenalty: decimal(-2, 2),
  imageConfig: anything,
  logprobs: integer(0, 20),
  maxOutputTokens: integer(1),
  mediaResolution: text(),
  modelSelectionConfig: anything,
  presencePenalty: decimal(-2, 2),
  responseFormat: anything,
  responseJsonSchema: anything,
  responseLogprobs: flag,
  responseMimeType: text(),
  responseModalities: list(text()),
  responseSchema: open({}),
  routingConfig: anything,
  seed: integer(),
  speechConfig: anything,
  stopSequences: list(text(), { max: 5 }),
  temperature: decimal(0, 2),
  thinkingConfig: open({}),
  topK: decimal(0),
  topP: decimal(0, 1),
});

const part = object({
  text: text(),
  inlineData: open({ data: text() }),
  fileData: open({}),
  functionCall: open({ 'name!': text(), args: open({}) }),
  functionResponse: open({ 'name!': text(), response: open({}) }),
  executableCode: open({}),
  codeExecutionResult: open({}),
  thought: flag,
  thoughtSignature: text(),
  videoMetadata: open({}),
  mediaResolution: anything,
  toolCall: open({}),
  toolResponse: open({}),
  partMetadata: open({}),
});
const content = object({ role: text(), 'parts!': list(part) });

/** The parameters of `generateContent` in the form of the REST API, and their types. */
export const GOOGLE_SHAPE: Shape = object({
  model: text(),
  contents: list(content),
  systemInstruction: either(content, text()),
  generationConfig: GENERATION,
  tools: list(
    open({
      functionDeclarations: list(open({ 'name!': text(), description: text(), parameters: open({}) })),
    }),
  ),
  toolConfig: open({ functionCallingConfig: open({ mode: text(), allowedFunctionNames: list(text()) }) }),
  safetySettings: list(object({ category: text(), threshold: text(), method: text() })),
  cachedContent: text(),
  labels: open({}),
  serviceTier: text(),
  store: flag,
});
