import type { Params } from '../../contract/request.js';
import { globalApi } from '../otel-global.js';
import type { SdkTarget } from './adapter.js';
import { anthropic } from './anthropic.js';
import { readEndpoint } from './endpoint.js';
import { readJsonRequest, withBody, type JsonRequest } from './fetch-request.js';
import { openai } from './openai.js';
import { isRecord, type UnknownRecord } from './shape.js';

/** An API that is spoken over HTTP without an SDK Arc knows. */
interface HttpApi {
  readonly target: SdkTarget;
  /** The provider where the host names none. */
  readonly provider: string;
  /** Whether a body is one of this API's: other servers have such paths too. */
  readonly speaks: (body: UnknownRecord) => boolean;
}

const hasModel = (body: UnknownRecord): boolean => typeof body['model'] === 'string';

/** APIs by the known part of the path. */
const APIS: Readonly<Record<string, HttpApi>> = {
  'chat/completions': {
    target: targetOf('openai.chat.completions'),
    provider: 'openai',
    speaks: (body) => Array.isArray(body['messages']), // Azure names the model in the path
  },
  responses: {
    target: targetOf('openai.responses'),
    provider: 'openai',
    speaks: (body) => hasModel(body) && ('input' in body || 'prompt' in body),
  },
  messages: {
    target: targetOf('anthropic.messages'),
    provider: 'anthropic',
    speaks: (body) => hasModel(body) && Array.isArray(body['messages']),
  },
  embeddings: {
    target: targetOf('openai.embeddings'),
    provider: 'openai',
    speaks: (body) => hasModel(body) && 'input' in body,
  },
};

/** What stands in for a request that is none of Arc's business: `pick` leaves it alone. */
const [anyTarget] = openai.targets;
if (!anyTarget) throw new Error('the adapter of openai has no targets');

/**
 * `globalThis.fetch`, for frameworks that talk HTTP by themselves (the Vercel AI SDK among them). The provider is
 * recognised by the shape of URL and body; a call that an SDK adapter has seen is left alone. A `fetch` the application
 * brings itself is not seen.
 */
export const fetchTarget: SdkTarget = { ...anyTarget, name: 'fetch', method: 'fetch', transport: true, pick };

/** The target of one request: what is known of its API, with where this request goes. */
function pick(args: readonly unknown[]): SdkTarget | undefined {
  const request = readJsonRequest(args);
  const api = request && APIS[request.path];
  // Without a context manager nobody can tell whether an SDK has seen this call already.
  if (!api || !globalApi()?.context) return undefined;
  const body = parse(request.body);
  return body && api.speaks(body) ? targetFor(api, request, body) : undefined;
}

function targetFor({ target, provider }: HttpApi, request: JsonRequest, body: Params): SdkTarget {
  // The bytes of a stream pass through, so an extra chunk could not be hidden.
  const { usage: _, pick: _none, ...known } = target;
  return {
    ...known,
    transport: true,
    endpoint: (_resource, names) => readEndpoint(request.url, provider, names),
    access: {
      read: () => body,
      write: (args, params) => {
        args[1] = withBody(request, body, params);
      },
    },
  };
}

function parse(json: string): UnknownRecord | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function targetOf(api: string): SdkTarget {
  const target = [...openai.targets, ...anthropic.targets].find((candidate) => candidate.api === api);
  if (!target) throw new Error(`no adapter has the API ${api}`);
  return target;
}
