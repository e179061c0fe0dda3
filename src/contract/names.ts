/**
 * Every name Arc emits. The `gen_ai.*` names follow the GenAI semantic conventions, development channel of 2026
 * (open-telemetry/semantic-conventions-genai); they are written out here because the constants of
 * `@opentelemetry/semantic-conventions` are marked as moved.
 */
export const INSTRUMENTATION_NAME = 'arc';

/** Span and metric attributes of the GenAI conventions. */
export const GEN_AI = {
  operationName: 'gen_ai.operation.name',
  providerName: 'gen_ai.provider.name',
  outputType: 'gen_ai.output.type',
  conversationId: 'gen_ai.conversation.id',
  agentName: 'gen_ai.agent.name',
  requestModel: 'gen_ai.request.model',
  requestChoiceCount: 'gen_ai.request.choice.count',
  requestSeed: 'gen_ai.request.seed',
  requestStream: 'gen_ai.request.stream',
  requestTopK: 'gen_ai.request.top_k',
  requestTopP: 'gen_ai.request.top_p',
  requestTemperature: 'gen_ai.request.temperature',
  requestFrequencyPenalty: 'gen_ai.request.frequency_penalty',
  requestPresencePenalty: 'gen_ai.request.presence_penalty',
  requestMaxTokens: 'gen_ai.request.max_tokens',
  requestStopSequences: 'gen_ai.request.stop_sequences',
  requestReasoningLevel: 'gen_ai.request.reasoning.level',
  requestPreviousResponseId: 'gen_ai.request.previous_response.id',
  requestEncodingFormats: 'gen_ai.request.encoding_formats',
  embeddingsDimensionCount: 'gen_ai.embeddings.dimension.count',
  responseId: 'gen_ai.response.id',
  responseModel: 'gen_ai.response.model',
  responseFinishReasons: 'gen_ai.response.finish_reasons',
  responseTimeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
  usageInputTokens: 'gen_ai.usage.input_tokens',
  usageOutputTokens: 'gen_ai.usage.output_tokens',
  usageCacheReadInputTokens: 'gen_ai.usage.cache_read.input_tokens',
  usageCacheWriteInputTokens: 'gen_ai.usage.cache_write.input_tokens',
  usageReasoningOutputTokens: 'gen_ai.usage.reasoning.output_tokens',
  inputMessages: 'gen_ai.input.messages',
  outputMessages: 'gen_ai.output.messages',
  systemInstructions: 'gen_ai.system_instructions',
  toolDefinitions: 'gen_ai.tool.definitions',
  toolName: 'gen_ai.tool.name',
  toolCallArguments: 'gen_ai.tool.call.arguments',
  toolCallId: 'gen_ai.tool.call.id',
  toolDescription: 'gen_ai.tool.description',
  toolType: 'gen_ai.tool.type',
  workflowName: 'gen_ai.workflow.name',
  toolCallResult: 'gen_ai.tool.call.result',
  promptName: 'gen_ai.prompt.name',
  promptVersion: 'gen_ai.prompt.version',
  tokenModality: 'gen_ai.token.modality',
} as const;

/** Token counts of one modality: what of the sums was text, images or audio. */
export const GEN_AI_MODALITY = {
  text: {
    input: 'gen_ai.usage.text.input_tokens',
    output: 'gen_ai.usage.text.output_tokens',
    cacheRead: 'gen_ai.usage.text.cache_read.input_tokens',
  },
  image: {
    input: 'gen_ai.usage.image.input_tokens',
    output: 'gen_ai.usage.image.output_tokens',
    cacheRead: 'gen_ai.usage.image.cache_read.input_tokens',
  },
  audio: {
    input: 'gen_ai.usage.audio.input_tokens',
    output: 'gen_ai.usage.audio.output_tokens',
    cacheRead: 'gen_ai.usage.audio.cache_read.input_tokens',
  },
} as const;

/** Amazon Bedrock's own attributes in the conventions. */
export const BEDROCK = {
  guardrailId: 'aws.bedrock.guardrail.id',
} as const;

/** OpenAI's own attributes in the conventions. */
export const OPENAI = {
  apiType: 'openai.api.type',
  requestServiceTier: 'openai.request.service_tier',
  responseServiceTier: 'openai.response.service_tier',
  responseSystemFingerprint: 'openai.response.system_fingerprint',
} as const;

/** General attributes. */
export const GENERAL = {
  errorType: 'error.type',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  /** Status of the provider's answer, on failed calls. */
  httpStatusCode: 'http.response.status_code',
  /** Only what the application gave to `withArcContext`. */
  userId: 'user.id',
} as const;

/** Attributes of the Model Context Protocol in the conventions, those it borrows of JSON-RPC and networks included. */
export const MCP = {
  methodName: 'mcp.method.name',
  resourceUri: 'mcp.resource.uri',
  protocolVersion: 'mcp.protocol.version',
  sessionId: 'mcp.session.id',
  jsonrpcRequestId: 'jsonrpc.request.id',
  /** Code of a JSON-RPC error, as text. */
  responseStatusCode: 'rpc.response.status_code',
  networkTransport: 'network.transport',
  networkProtocolName: 'network.protocol.name',
} as const;

/** Arc's own span attributes. */
export const ARC = {
  /** `pass | fix | shadow | control | bypass`. */
  decision: 'arc.decision',
  /** Set with `bypass`. */
  bypassReason: 'arc.bypass.reason',
  /** Id of the pattern that acted first. */
  patternId: 'arc.pattern.id',
  /** Its version, an integer. */
  patternVersion: 'arc.pattern.version',
  /** Its confidence, from 0 to 1. */
  patternConfidence: 'arc.pattern.confidence',
  /** Probability with which this request was to be treated, a double; only where the pattern's rollout is below 1. */
  propensity: 'arc.propensity',
  /** Every pattern that acted, `id@version`, best first. */
  patterns: 'arc.patterns',
  /** Dotted paths of the fields that were changed. */
  fixFields: 'arc.fix.fields',
  /** JSON list of `{ path, before, after }`; content is replaced by `{ omitted, ... }` unless it is captured. */
  requestChanges: 'arc.request.changes',
  /** Prefix of the original value of a changed parameter that is a text, number or boolean and not content. */
  requestOriginalPrefix: 'arc.request.original.',
  /** Time spent looking patterns up, in seconds, a double. */
  matchDuration: 'arc.match.duration',
  /** Provider API, e.g. `openai.chat.completions`. */
  api: 'arc.api',
  /** True when Arc asked for the token counts of a stream, by the option `injectUsage`. */
  usageInjected: 'arc.usage.injected',
  /**
   * On the event of a second attempt: `healed`, `refused`, or `failed` where nothing was said of the request; and status
   * and words of the first refusal, without keys.
   */
  healOutcome: 'arc.heal.outcome',
  healStatus: 'arc.heal.status',
  healMessage: 'arc.heal.message',
  /** On the same event, where it is new: the pattern that was learned, JSON. */
  learnedPattern: 'arc.learned.pattern',
  /** What the application gave to `withArcContext`. */
  pipeline: 'arc.pipeline',
  /** A list of texts, from the same place. */
  tags: 'arc.tags',
  /** On the event of a hand-off: the agents, and why. */
  handOffFrom: 'arc.handoff.from',
  handOffTo: 'arc.handoff.to',
  handOffReason: 'arc.handoff.reason',
  /** On the event of a framework's guardrail: its name, and whether it stopped the work. */
  guardrailName: 'arc.guardrail.name',
  guardrailTriggered: 'arc.guardrail.triggered',
} as const;

/** Names of the conventions 1.36 to 1.41 that were renamed since; emitted on demand, see the option `semconv`. */
export const LEGACY = {
  /** Until 1.36; `gen_ai.provider.name` since. */
  system: 'gen_ai.system',
  /** 1.38 to 1.41; `cache_write` since. */
  usageCacheCreationInputTokens: 'gen_ai.usage.cache_creation.input_tokens',
  /** `input` or `output`, on {@link LEGACY.tokenUsage}. */
  tokenType: 'gen_ai.token.type',
  tokenUsage: 'gen_ai.client.token.usage',
  operationDuration: 'gen_ai.client.operation.duration',
  timeToFirstChunk: 'gen_ai.client.operation.time_to_first_chunk',
  timePerOutputChunk: 'gen_ai.client.operation.time_per_output_chunk',
} as const;

/** Metric names. Durations are histograms in seconds, the others counters. */
export const METRIC = {
  inferenceDuration: 'gen_ai.client.inference.duration',
  timeToFirstChunk: 'gen_ai.client.inference.time_to_first_chunk',
  timePerOutputChunk: 'gen_ai.client.inference.time_per_output_chunk',
  inputTokens: 'gen_ai.client.inference.usage.input_tokens',
  outputTokens: 'gen_ai.client.inference.usage.output_tokens',
  cacheReadTokens: 'gen_ai.client.inference.usage.cache_read.input_tokens',
  cacheWriteTokens: 'gen_ai.client.inference.usage.cache_write.input_tokens',
  reasoningTokens: 'gen_ai.client.inference.usage.reasoning.output_tokens',
  operationInputTokens: 'gen_ai.client.inference.operation.input_tokens',
  operationOutputTokens: 'gen_ai.client.inference.operation.output_tokens',
  embeddingsDuration: 'gen_ai.client.embeddings.duration',
  embeddingsInputTokens: 'gen_ai.client.embeddings.operation.input_tokens',
  mcpClientOperation: 'mcp.client.operation.duration',
  mcpServerOperation: 'mcp.server.operation.duration',
  mcpClientSession: 'mcp.client.session.duration',
  mcpServerSession: 'mcp.server.session.duration',
  invokeAgentDuration: 'gen_ai.invoke_agent.duration',
  executeToolDuration: 'gen_ai.execute_tool.duration',
  invokeWorkflowDuration: 'gen_ai.invoke_workflow.duration',
  intercepted: 'arc.requests.intercepted',
  matches: 'arc.pattern.matches',
  fixes: 'arc.fixes.applied',
  interceptionDuration: 'arc.interception.duration',
  matchDuration: 'arc.match.duration',
  candidates: 'arc.match.candidates',
  errors: 'arc.errors',
} as const;

/** Span event written when something inside Arc threw and the original request went out. */
export const EVENT_ARC_ERROR = 'arc.error';
/** Span event written when a refused request was repaired and sent once more. */
export const EVENT_HEAL = 'arc.heal';
/** Span event written by `handOff`: one agent passes the work on to another. */
export const EVENT_HAND_OFF = 'arc.agent.handoff';
/** Log event of the conventions with all a model call was and said, content included; emitted only when asked for. */
export const EVENT_OPERATION_DETAILS = 'gen_ai.client.inference.operation.details';
/** Span event on an agent's span: a guardrail of its framework was asked. */
export const EVENT_GUARDRAIL = 'arc.agent.guardrail';
/** Log event of the conventions for a failed operation, severity WARN. */
export const EVENT_OPERATION_EXCEPTION = 'gen_ai.client.operation.exception';
