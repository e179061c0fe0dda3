import type { Params } from '../contract/request.js';
import { isRecord, type UnknownRecord } from './adapters/shape.js';

/** How to ask a provider for the token counts of a stream that would not tell them, and how to hide the answer again. */
export interface UsageInjection {
  /**
   * @returns a copy of the request that asks for usage, sub-objects by reference; undefined when it does not stream, or
   * says itself whether it wants usage.
   */
  ask(params: Params): Params | undefined;
  /**
   * Takes out of a chunk what is only there because Arc asked.
   * @returns true when nothing else is in it: the caller must not see the chunk.
   */
  hide(chunk: unknown): boolean;
}

/**
 * OpenAI's chat completions, and servers that speak them. With `include_usage`, a last chunk without choices has the
 * counts, and every other chunk has `usage: null`.
 * @see `ChatCompletionStreamOptions` in `openai`
 */
export const openaiUsage: UsageInjection = {
  ask(params) {
    const options = params['stream_options'];
    if (params['stream'] !== true) return undefined;
    if (options === undefined || options === null) {
      return { ...params, stream_options: { include_usage: true } };
    }
    if (!isRecord(options) || options['include_usage'] !== undefined) return undefined;
    return { ...params, stream_options: { ...options, include_usage: true } };
  },
  hide(chunk) {
    if (!isRecord(chunk)) return false;
    if (chunk['usage'] === null) forget(chunk);
    return isRecord(chunk['usage']) && Array.isArray(chunk['choices']) && chunk['choices'].length === 0;
  },
};

/** The chunk was parsed for this stream and nobody else has seen it yet. */
function forget(chunk: UnknownRecord): void {
  Reflect.deleteProperty(chunk, 'usage');
}
