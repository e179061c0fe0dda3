import type { ParamsAccess } from './adapter.js';
import { withInput } from './bedrock-command.js';
import { exactJson } from './exact-json.js';
import { isRecord, record, text, type UnknownRecord } from './shape.js';

/**
 * The parameters of `InvokeModel`: its JSON body in the model's own terms, and `model`, which Bedrock takes beside the
 * body.
 */
export const bodyAccess: ParamsAccess = {
  read([command]) {
    const { body, modelId } = record(record(command)['input']);
    const params = readJson(body);
    return isRecord(params) ? { model: modelId, ...params } : undefined;
  },
  write(args, params) {
    const input = record(record(args[0])['input']);
    const original = record(readJson(input['body']));
    const own = 'model' in original;
    const { model, ...rest } = params;
    const json = exactJson(sourceOf(input['body']) ?? '{}', original, own ? params : rest);
    const next = typeof input['body'] === 'string' ? json : new TextEncoder().encode(json);
    const modelId = own ? input['modelId'] : model;
    args[0] = withInput(args[0], { ...input, modelId, body: next });
  },
};

/** What a body holds, or undefined for one that is not JSON. A body that can be read but once is left alone. */
export function readJson(body: unknown): UnknownRecord | undefined {
  const source = sourceOf(body);
  if (source === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(source);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a body has a key, without parsing it. A text of the prompt may look the same, at the cost of a wrong guess. */
export function mentionsKey(body: unknown, key: string): boolean {
  const wanted = `"${key}"`;
  if (body instanceof Uint8Array) return view(body).includes(wanted);
  return typeof body === 'string' && body.includes(wanted);
}

function sourceOf(body: unknown): string | undefined {
  return body instanceof Uint8Array ? view(body).toString() : text(body);
}

/** The same bytes, not a copy. */
function view({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
