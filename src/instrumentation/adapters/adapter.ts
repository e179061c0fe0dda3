import type { Attributes } from '@opentelemetry/api';
import type { Params, RequestView } from '../../contract/request.js';

/** Where a client sends its requests: read from its base URL, never from credentials. */
export interface Endpoint {
  /** `gen_ai.provider.name`. */
  readonly provider: string;
  readonly address: string | undefined;
  readonly port: number | undefined;
}

/** What an answer says, in the conventions' terms. Token counts include cached ones. */
export interface ResponseFacts {
  readonly id?: string;
  readonly model?: string;
  readonly finishReasons?: readonly string[];
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly reasoningTokens?: number;
  /** Provider-specific attributes. */
  readonly extra?: Attributes;
  /** The answer in the conventions' message form; only read when content is captured. */
  readonly output?: () => unknown;
}

/** Gathers facts from the chunks of a stream without keeping the chunks. */
export interface StreamReader {
  /** Looks at one chunk; must not throw on any shape. */
  chunk(value: unknown): void;
  result(): ResponseFacts;
}

/** Prompts in the conventions' message form. */
export interface RequestContent {
  readonly inputMessages: unknown;
  readonly systemInstructions?: unknown;
  readonly toolDefinitions?: unknown;
}

/** One method of an SDK that sends a request to a model. */
export interface SdkTarget {
  /** How `arc doctor` names it, e.g. `OpenAI.Chat.Completions.create`. */
  readonly name: string;
  /** Path from the package's exports to the class whose prototype has the method. */
  readonly owner: readonly string[];
  /** Path from a client to the object that has the method, for `wrap(client)`. */
  readonly clientPath: readonly string[];
  readonly method: string;
  /** `gen_ai.operation.name`. */
  readonly operation: string;
  /** What patterns match on as `api`. */
  readonly api: string;
  endpoint(resource: unknown): Endpoint;
  view(params: Params, provider: string): RequestView;
  /** `gen_ai.request.*` of what is sent. */
  requestAttributes(params: Params): Attributes;
  requestContent(params: Params): RequestContent;
  response(data: unknown): ResponseFacts;
  streamReader(captureContent: boolean): StreamReader;
}

/** One SDK. Every adapter has this shape; SDKs are typed structurally, so Arc needs no copy of them. */
export interface SdkAdapter {
  readonly id: string;
  /** Package name. */
  readonly module: string;
  /** Tested versions: from the first, below the second, as dotted numbers. */
  readonly tested: readonly (readonly [from: string, below: string])[];
  readonly targets: readonly SdkTarget[];
}
