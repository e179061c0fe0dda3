import type { Attributes } from '@opentelemetry/api';
import type { ProviderNames } from '../../contract/provider-names.js';
import type { Params, RequestView } from '../../contract/request.js';
import type { UsageInjection } from '../inject-usage.js';

/** Where a client sends its requests: read from its base URL, never from credentials. */
export interface Endpoint {
  /** `gen_ai.provider.name`. */
  readonly provider: string;
  readonly address: string | undefined;
  readonly port: number | undefined;
}

/** What an answer says, in the conventions' terms; undefined where it says nothing. Token counts include cached ones. */
export interface ResponseFacts {
  id: string | undefined;
  model: string | undefined;
  finishReasons: string[] | undefined;
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  cacheReadTokens: number | undefined;
  cacheWriteTokens: number | undefined;
  reasoningTokens: number | undefined;
  /** Provider-specific attributes. */
  extra: Attributes | undefined;
  /** The answer in the conventions' message form; only called when content is captured. */
  output: (() => unknown) | undefined;
}

/** Facts of an answer nobody has looked at. One shape for every provider. */
export function noFacts(): ResponseFacts {
  return {
    id: undefined,
    model: undefined,
    finishReasons: undefined,
    inputTokens: undefined,
    outputTokens: undefined,
    cacheReadTokens: undefined,
    cacheWriteTokens: undefined,
    reasoningTokens: undefined,
    extra: undefined,
    output: undefined,
  };
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

/** Where a method takes its parameters from, when it is not the first argument. */
export interface ParamsAccess {
  read(args: readonly unknown[]): unknown;
  /** Puts repaired parameters where `read` found them, in the argument list, never in an object of the caller's. */
  write(args: unknown[], params: Params): void;
}

/** Told the error, or null and the answer. */
export type Callback = (this: unknown, ...given: unknown[]) => unknown;

/** Spans an SDK makes by itself for calls Arc has spans for. */
export interface NativeSpans {
  /** Class of the clients in the package's exports. */
  readonly client: string;
  /** Property in which a client keeps its tracer. */
  readonly tracer: string;
  /** Names of the spans. */
  readonly spans: readonly string[];
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
  /** Finds the object that has the method in what the package exports, where `owner` cannot say it. */
  locate?(moduleExports: unknown): unknown;
  /** Finds it in a client, where `clientPath` cannot say it. */
  locateInClient?(client: unknown): unknown;
  /**
   * Picks the target for one call, where one method serves several operations.
   * @returns undefined for a call that is none of Arc's business.
   */
  pick?(args: readonly unknown[]): SdkTarget | undefined;
  /** The first argument when left out. */
  readonly access?: ParamsAccess;
  /**
   * Puts an observer around the caller's callback, in the argument list, where a method can answer to one.
   * @param observe - makes the callback that is called in place of the caller's.
   * @returns false for a call that answers by what it returns.
   */
  observeCallback?(args: unknown[], observe: (callback: Callback) => Callback): boolean;
  /** True for what only some of the tested versions have: there it is no fault when it is missing. */
  readonly optional?: boolean;
  /** The SDK's own spans for this method. */
  readonly native?: NativeSpans;
  /** Whether the SDK makes a span for a call through this object, where `native` cannot say it. */
  tracesItself?(resource: unknown): boolean;
  /** True for what SDKs are built on (`fetch`): a call already seen at an SDK is left alone here. */
  readonly transport?: boolean;
  /** `gen_ai.operation.name`. */
  readonly operation: string;
  /** What patterns match on as `api`. */
  readonly api: string;
  /** @param names - what the application calls servers of its own. */
  endpoint(resource: unknown, names: ProviderNames): Endpoint;
  view(params: Params, provider: string): RequestView;
  /** Adds `gen_ai.request.*` of what is sent. */
  requestAttributes(params: Params, attributes: Attributes): void;
  requestContent(params: Params): RequestContent;
  response(data: unknown): ResponseFacts;
  streamReader(captureContent: boolean): StreamReader;
  /** How to get the token counts of a stream that does not tell them by itself (option `injectUsage`). */
  readonly usage?: UsageInjection;
  /** The stream inside an answer, where the answer itself is not the stream. */
  streamOf?(data: unknown): unknown;
}

/** One SDK. Every adapter has this shape; SDKs are typed structurally, so Arc needs no copy of them. */
export interface SdkAdapter {
  readonly id: string;
  /** Package name. */
  readonly module: string;
  /** Tested versions: from the first, below the second, as dotted numbers. */
  readonly tested: readonly (readonly [from: string, below: string])[];
  readonly targets: readonly SdkTarget[];
  /**
   * Keeps the SDK from making spans for calls Arc has spans for, where `native` cannot say how.
   * @param source - what the package exports, or a client.
   * @param isMuted - whether such a call is under way; to be asked at each request.
   */
  mute?(source: unknown, isMuted: () => boolean): void;
  /** Tells a client of this SDK from clients of the same shape, for `wrap(client)`. With it, no other client is taken. */
  isClient?(client: unknown): boolean;
}
