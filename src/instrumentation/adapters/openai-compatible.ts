import { GEN_AI, OPENAI } from '../../contract/names.js';
import type { ResponseFacts, SdkTarget, StreamReader } from './adapter.js';
import { endpointOf } from './endpoint.js';
import { integer, isRecord, put, record } from './shape.js';

/** An SDK of another provider that is generated as OpenAI's is and speaks its protocols. */
export interface CompatibleSdk {
  /** The client's class, e.g. `Groq`. */
  readonly className: string;
  /** `gen_ai.provider.name`. */
  readonly provider: string;
  /** Finds the token counts of a chunk where they are not under `usage`. */
  readonly usageOf?: (chunk: unknown) => unknown;
}

/**
 * One of OpenAI's targets as another SDK has it. Patterns tell the two apart by their provider.
 * @param target - OpenAI's own; its class path begins with `OpenAI`.
 */
export function compatibleTarget(target: SdkTarget, sdk: CompatibleSdk): SdkTarget {
  // These providers send the token counts of a stream unasked.
  const { usage: _usage, ...shared } = target;
  const path = target.owner.slice(1);
  return {
    ...shared,
    name: [sdk.className, ...path, target.method].join('.'),
    owner: [sdk.className, ...path],
    endpoint: (resource, names) => endpointOf(resource, sdk.provider, names),
    requestAttributes(params, attributes) {
      target.requestAttributes(params, attributes);
      put(attributes, GEN_AI.requestTopK, integer(params['top_k']));
      delete attributes[OPENAI.apiType];
      delete attributes[OPENAI.requestServiceTier];
    },
    response: (data) => withoutOpenAiFacts(target.response(data)),
    streamReader: (captureContent) => readerFor(target.streamReader(captureContent), sdk),
  };
}

/**
 * Tells a client from those of the other SDKs of this shape, by the class its own class names.
 * @example isClientOf(new Groq({ apiKey: 'none' }), 'Groq') // true
 */
export function isClientOf(client: unknown, className: string): boolean {
  return isRecord(client) && typeof client.constructor === 'function' && className in client.constructor;
}

function readerFor(reader: StreamReader, { usageOf }: CompatibleSdk): StreamReader {
  return {
    chunk(value) {
      const usage = usageOf?.(value);
      reader.chunk(isRecord(usage) ? { ...record(value), usage } : value);
    },
    result: () => withoutOpenAiFacts(reader.result()),
  };
}

/** `openai.*` attributes are OpenAI's. */
function withoutOpenAiFacts(facts: ResponseFacts): ResponseFacts {
  if (!facts.extra) return facts;
  delete facts.extra[OPENAI.responseServiceTier];
  delete facts.extra[OPENAI.responseSystemFingerprint];
  return facts;
}
