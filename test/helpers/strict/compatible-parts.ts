import {
  objectOr,
  objects,
  textOr,
  type Body,
  type Refusal,
} from '../../../src/cli/demo/model-server/rule.js';

/** A refusal in OpenAI's form, as the compatible providers give it. */
export function refuse(message: string, status = 400): Refusal {
  return { status, type: 'invalid_request_error', message };
}

/** `json_object` wants the word in the messages. */
export function lacksJsonWord({ messages, response_format }: Body): boolean {
  return objectOr(response_format)['type'] === 'json_object' && !/json/i.test(JSON.stringify(messages ?? ''));
}

/** Identifiers of the calls of a message. */
export function callIds(message: Body | undefined): readonly string[] {
  return objects(message?.['tool_calls']).map(({ id }) => textOr(id));
}

/** The first call without its result right after it: its place and identifier. */
export function openCall({ messages }: Body): { readonly at: number; readonly id: string } | undefined {
  const list = objects(messages);
  for (const [at, message] of list.entries()) {
    const rest = list.slice(at + 1);
    const end = rest.findIndex(({ role }) => role !== 'tool');
    const answered = (end < 0 ? rest : rest.slice(0, end)).map((answer) => answer['tool_call_id']);
    const id = callIds(message).find((own) => !answered.includes(own));
    if (id !== undefined) return { at, id };
  }
  return undefined;
}

/** Place of the first result whose call is not in the message before, or -1. */
export function orphanResult({ messages }: Body): number {
  const list = objects(messages);
  return list.findIndex(({ role, tool_call_id: id }, at) => {
    if (role !== 'tool') return false;
    return !callIds(list.slice(0, at).findLast((earlier) => earlier['role'] !== 'tool')).includes(textOr(id));
  });
}
