import {
  given,
  isObject,
  objectOr,
  objects,
  textOr,
  type Body,
  type Refusal,
  type Rule,
} from '../../../src/cli/demo/model-server/rule.js';
import { validation } from './bedrock-refusal.js';

/** What Converse insists on in `messages`. */
export const BEDROCK_TURN_RULES: readonly Rule[] = [
  { id: 'first-message', check: firstMessage },
  { id: 'alternation', check: alternation },
  { id: 'content', check: content },
  { id: 'system', check: system },
  { id: 'tool-config', check: toolConfig },
  { id: 'tool-results', check: toolResults },
  { id: 'trailing-whitespace', check: trailingWhitespace },
];

function firstMessage({ messages }: Body): Refusal | undefined {
  const [first] = objects(messages);
  return !first || first['role'] === 'user'
    ? undefined
    : validation(
        'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
      );
}

function alternation({ messages }: Body): Refusal | undefined {
  const roles = objects(messages).map(({ role }) => role);
  return roles.some((role, at) => at > 0 && role === roles[at - 1])
    ? validation(
        'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
      )
    : undefined;
}

function isBlank({ text }: Body): boolean {
  return typeof text === 'string' && text.trim() === '';
}

function content({ messages }: Body): Refusal | undefined {
  for (const [at, message] of objects(messages).entries()) {
    const blocks = objects(message['content']);
    if (blocks.length === 0)
      return validation(
        `The content field in the Message object at messages.${at} is empty. Add a ContentBlock object to the content field and try again.`,
      );
    const blank = blocks.findIndex(isBlank);
    if (blank >= 0)
      return validation(
        `The text field in the ContentBlock object at messages.${at}.content.${blank} is blank. Add text to the text field, and try again.`,
      );
    const failed = blocks.findIndex(
      ({ toolResult }) =>
        objectOr(toolResult)['status'] === 'error' && objects(objectOr(toolResult)['content']).length === 0,
    );
    if (failed >= 0)
      return validation(
        `The content field at messages.${at}.content.${failed}.toolResult cannot be empty when status value is error.`,
      );
    if (blocks.some(({ document }) => given(document)) && !blocks.some(({ text }) => given(text)))
      return validation(
        `The content field in the Message object at messages.${at} has a document and no text. Add a text block and try again.`,
      );
  }
  return undefined;
}

function system({ system: blocks }: Body): Refusal | undefined {
  const at = objects(blocks).findIndex(isBlank);
  return at < 0
    ? undefined
    : validation(
        `The text field in the SystemContentBlock object at system.${at} is blank. Add text to the text field, and try again.`,
      );
}

/** The identifiers of one kind of block in a message. */
function idsOf(message: Body | undefined, kind: 'toolUse' | 'toolResult'): readonly string[] {
  return objects(message?.['content']).flatMap((block) =>
    isObject(block[kind]) ? [textOr(block[kind]['toolUseId'])] : [],
  );
}

function toolConfig({ messages, toolConfig: config }: Body): Refusal | undefined {
  const uses = objects(messages).some(
    (message) => idsOf(message, 'toolUse').length + idsOf(message, 'toolResult').length > 0,
  );
  return uses && !given(config)
    ? validation('The toolConfig field must be defined when using toolUse and toolResult content blocks.')
    : undefined;
}

function toolResults({ messages }: Body): Refusal | undefined {
  const list = objects(messages);
  for (const [at, message] of list.entries()) {
    const [asked, answered] = [idsOf(list[at - 1], 'toolUse'), idsOf(message, 'toolResult')];
    const place = `messages.${at}.content`;
    const missing = asked.filter((id) => !answered.includes(id));
    if (missing.length > 0)
      return validation(
        `Expected toolResult blocks at ${place} for the following Ids: ${missing.join(', ')}`,
      );
    const twice = answered.find((id, index) => answered.indexOf(id) !== index);
    if (twice !== undefined)
      return validation(`The toolResult blocks at ${place} contain duplicate Ids: ${twice}`);
    if (answered.length > asked.length)
      return validation(
        `The number of toolResult blocks at ${place} exceeds the number of toolUse blocks of previous turn.`,
      );
    const calls = idsOf(message, 'toolUse');
    const same = calls.find((id, index) => calls.indexOf(id) !== index);
    if (same !== undefined)
      return validation(`The toolUse blocks at ${place} contain duplicate Ids: ${same}`);
  }
  return undefined;
}

function trailingWhitespace({ messages, modelId }: Body): Refusal | undefined {
  const last = objects(messages).at(-1);
  const text = objects(last?.['content']).at(-1)?.['text'];
  return textOr(modelId).includes('claude') && last?.['role'] === 'assistant' && /\s$/.test(textOr(text))
    ? validation(
        'The model returned the following errors: messages: final assistant content cannot end with trailing whitespace',
      )
    : undefined;
}
