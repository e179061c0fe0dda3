import { SpanKind } from '@opentelemetry/api';
import { SPAN_ATTRIBUTES, type ValueType } from './semconv-4a.js';

/**
 * Every kind of span Arc makes, as the conventions describe it (development channel of 2026: docs/gen-ai/client-inference.md,
 * client-embeddings.md, gen-ai-agent-spans.md, gen-ai-spans.md for tools, mcp.md). Written by hand from those pages.
 */
export type SpanType =
  | 'inference'
  | 'embeddings'
  | 'execute_tool'
  | 'invoke_agent'
  | 'invoke_workflow'
  | 'mcp.client'
  | 'mcp.server';

/** One attribute of a kind of span. `start`: set when the span is made, since samplers look at it. */
export interface SpanAttribute {
  readonly type: ValueType;
  readonly level: 'required' | 'conditional' | 'recommended' | 'opt-in' | 'arc';
  readonly start?: true;
}

/** A kind of span. */
export interface SpanRule {
  readonly kind: SpanKind;
  /** The attributes that make its name, in order, each with what stands in for it; those that are absent are left out. */
  readonly name: readonly (string | readonly [attribute: string, otherwise: string])[];
  readonly attributes: Readonly<Record<string, SpanAttribute>>;
}

type Row = readonly [name: string, type: ValueType, level: SpanAttribute['level'], start?: 'start'];

/** What `withArcContext` adds to the spans of model calls, beside the conversation. */
const IN_CONTEXT: readonly Row[] = [
  ['gen_ai.conversation.id', 'string', 'conditional'],
  ['gen_ai.agent.name', 'string', 'conditional', 'start'],
  ['user.id', 'string', 'arc', 'start'],
];

const OPERATION: Row = ['gen_ai.operation.name', 'string', 'required', 'start'];
const ERROR: Row = ['error.type', 'string', 'conditional'];
const SERVER: readonly Row[] = [
  ['server.address', 'string', 'recommended', 'start'],
  ['server.port', 'int', 'conditional', 'start'],
];

const EMBEDDINGS: readonly Row[] = [
  OPERATION,
  ['gen_ai.provider.name', 'string', 'required', 'start'],
  ERROR,
  ['gen_ai.request.model', 'string', 'conditional', 'start'],
  ...SERVER,
  ['gen_ai.embeddings.dimension.count', 'int', 'recommended'],
  ['gen_ai.request.encoding_formats', 'string[]', 'recommended'],
  ['gen_ai.response.model', 'string', 'recommended'],
  ['gen_ai.usage.input_tokens', 'int', 'recommended'],
  ['http.response.status_code', 'int', 'recommended'],
  ...IN_CONTEXT,
];

const TOOL: readonly Row[] = [
  ['gen_ai.tool.name', 'string', 'required'],
  OPERATION,
  ERROR,
  ['gen_ai.tool.call.id', 'string', 'recommended'],
  ['gen_ai.tool.description', 'string', 'recommended'],
  ['gen_ai.tool.type', 'string', 'recommended'],
  ['gen_ai.tool.call.arguments', 'json', 'opt-in'],
  ['gen_ai.tool.call.result', 'any', 'opt-in'],
  ['gen_ai.conversation.id', 'string', 'conditional'],
];

/** The provider is required where the agent's framework tells it: LangGraph's graphs do not know their models. */
const AGENT: readonly Row[] = [
  OPERATION,
  ['gen_ai.provider.name', 'string', 'conditional', 'start'],
  ERROR,
  ['gen_ai.agent.name', 'string', 'conditional', 'start'],
  ['gen_ai.agent.id', 'string', 'conditional'],
  ['gen_ai.agent.description', 'string', 'conditional'],
  ['gen_ai.agent.version', 'string', 'conditional'],
  ['gen_ai.conversation.id', 'string', 'conditional'],
  ['gen_ai.request.model', 'string', 'conditional', 'start'],
];

const WORKFLOW: readonly Row[] = [
  OPERATION,
  ERROR,
  ['gen_ai.workflow.name', 'string', 'conditional'],
  ['gen_ai.conversation.id', 'string', 'conditional'],
];

const MCP: readonly Row[] = [
  ['mcp.method.name', 'string', 'required'],
  ERROR,
  ['gen_ai.prompt.name', 'string', 'conditional'],
  ['gen_ai.tool.name', 'string', 'conditional'],
  ['jsonrpc.request.id', 'string', 'conditional'],
  ['mcp.resource.uri', 'string', 'conditional'],
  ['rpc.response.status_code', 'string', 'conditional'],
  ['gen_ai.operation.name', 'string', 'recommended'],
  ['mcp.protocol.version', 'string', 'recommended'],
  ['mcp.session.id', 'string', 'recommended'],
  ['network.protocol.name', 'string', 'recommended'],
  ['network.transport', 'string', 'recommended'],
  ['gen_ai.tool.call.arguments', 'json', 'opt-in'],
  ['gen_ai.tool.call.result', 'any', 'opt-in'],
];

const MODEL = ['gen_ai.operation.name', 'gen_ai.request.model'];
const CALL: SpanRule['name'] = ['mcp.method.name', ['gen_ai.tool.name', 'gen_ai.prompt.name']];

/** The one table of spans. */
export const SPANS: Readonly<Record<SpanType, SpanRule>> = {
  inference: { kind: SpanKind.CLIENT, name: MODEL, attributes: SPAN_ATTRIBUTES },
  embeddings: { kind: SpanKind.CLIENT, name: MODEL, attributes: rows(EMBEDDINGS) },
  execute_tool: {
    kind: SpanKind.INTERNAL,
    name: ['gen_ai.operation.name', 'gen_ai.tool.name'],
    attributes: rows(TOOL),
  },
  invoke_agent: {
    kind: SpanKind.INTERNAL,
    // The Vercel AI SDK names agents without a name by their model, in its own OpenTelemetry integration too.
    name: ['gen_ai.operation.name', ['gen_ai.agent.name', 'gen_ai.request.model']],
    attributes: rows(AGENT),
  },
  invoke_workflow: {
    kind: SpanKind.INTERNAL,
    name: ['gen_ai.operation.name', 'gen_ai.workflow.name'],
    attributes: rows(WORKFLOW),
  },
  'mcp.client': { kind: SpanKind.CLIENT, name: CALL, attributes: rows([...MCP, ...SERVER]) },
  'mcp.server': { kind: SpanKind.SERVER, name: CALL, attributes: rows(MCP) },
};

function rows(list: readonly Row[]): SpanRule['attributes'] {
  return Object.fromEntries(
    list.map(([name, type, level, start]) => [name, { type, level, ...(start && { start: true as const }) }]),
  );
}
