/**
 * The metrics of the conventions (the same pages as `semconv-4a.ts`; docs/gen-ai/mcp.md for MCP) and Arc's own. Written by
 * hand from those pages, not from the code.
 */

/** One metric: its kind, unit and attributes, `true` for those every point has. */
export interface MetricRule {
  readonly kind: 'histogram' | 'counter';
  readonly unit: string;
  readonly attributes: Readonly<Record<string, boolean>>;
  /** First and last bucket bound of the conventions. */
  readonly bounds?: readonly [number, number];
}

const CALL = {
  'gen_ai.operation.name': true,
  'gen_ai.provider.name': true,
  'gen_ai.request.model': false,
  'gen_ai.response.model': false,
  'server.address': false,
  'server.port': false,
};
const tokens: MetricRule = {
  kind: 'counter',
  unit: '{token}',
  attributes: { ...CALL, 'gen_ai.token.modality': true },
};
const seconds: MetricRule = { kind: 'histogram', unit: 's', attributes: CALL, bounds: [0.01, 81.92] };
const duration: MetricRule = { ...seconds, attributes: { ...CALL, 'error.type': false } };
const tokensOfCall: MetricRule = {
  kind: 'histogram',
  unit: '{token}',
  attributes: CALL,
  bounds: [1, 67_108_864],
};
const events = (unit: string, attributes: MetricRule['attributes']): MetricRule => ({
  kind: 'counter',
  unit,
  attributes,
});

/** Every metric Arc may write. */
export const METRICS: Readonly<Record<string, MetricRule>> = {
  'gen_ai.client.inference.duration': duration,
  'gen_ai.client.inference.time_to_first_chunk': seconds,
  'gen_ai.client.inference.time_per_output_chunk': seconds,
  'gen_ai.client.inference.usage.input_tokens': tokens,
  'gen_ai.client.inference.usage.output_tokens': tokens,
  'gen_ai.client.inference.usage.cache_read.input_tokens': tokens,
  'gen_ai.client.inference.usage.cache_write.input_tokens': tokens,
  'gen_ai.client.inference.usage.reasoning.output_tokens': tokens,
  'gen_ai.client.inference.operation.input_tokens': tokensOfCall,
  'gen_ai.client.inference.operation.output_tokens': tokensOfCall,
  'gen_ai.client.embeddings.duration': duration,
  'gen_ai.client.embeddings.operation.input_tokens': tokensOfCall,
  ...mcpMetrics(),
  ...workMetrics(),
  'arc.requests.intercepted': events('{request}', { 'gen_ai.provider.name': true, 'arc.decision': true }),
  'arc.pattern.matches': events('{match}', { 'arc.pattern.id': true, 'arc.decision': true }),
  'arc.match.candidates': events('{pattern}', { 'gen_ai.provider.name': true }),
  'arc.fixes.applied': events('{fix}', { 'arc.pattern.id': true }),
  'arc.errors': events('{error}', { 'error.type': true }),
  'arc.interception.duration': { kind: 'histogram', unit: 's', attributes: {} },
  'arc.match.duration': { kind: 'histogram', unit: 's', attributes: {} },
};

/** Durations of the MCP conventions: of messages, and of sessions. */
function mcpMetrics(): Readonly<Record<string, MetricRule>> {
  const session = {
    'error.type': false,
    'mcp.protocol.version': false,
    'network.protocol.name': false,
    'network.transport': false,
  };
  const operation = {
    ...session,
    'mcp.method.name': true,
    'gen_ai.operation.name': false,
    'gen_ai.tool.name': false,
    'gen_ai.prompt.name': false,
    'rpc.response.status_code': false,
  };
  const server = { 'server.address': false, 'server.port': false };
  const rule = (attributes: MetricRule['attributes']): MetricRule => ({
    kind: 'histogram',
    unit: 's',
    attributes,
    bounds: [0.01, 300],
  });
  return {
    'mcp.client.operation.duration': rule({ ...operation, ...server }),
    'mcp.server.operation.duration': rule(operation),
    'mcp.client.session.duration': rule({ ...session, ...server }),
    'mcp.server.session.duration': rule(session),
  };
}

/** Durations of what frameworks do around model calls. */
function workMetrics(): Readonly<Record<string, MetricRule>> {
  const rule = (name: string): MetricRule => ({
    ...seconds,
    attributes: { 'gen_ai.operation.name': true, [name]: false, 'error.type': false },
  });
  return {
    'gen_ai.invoke_agent.duration': rule('gen_ai.agent.name'),
    'gen_ai.execute_tool.duration': rule('gen_ai.tool.name'),
    'gen_ai.invoke_workflow.duration': rule('gen_ai.workflow.name'),
  };
}

const OLD = { ...CALL, 'gen_ai.system': true };
const oldSeconds: MetricRule = { ...seconds, attributes: OLD };

/** Metrics of 1.36 to 1.41, on demand. */
export const LEGACY_METRICS: Readonly<Record<string, MetricRule>> = {
  'gen_ai.client.token.usage': {
    kind: 'histogram',
    unit: '{token}',
    attributes: { ...OLD, 'gen_ai.token.type': true },
    bounds: [1, 67_108_864],
  },
  'gen_ai.client.operation.duration': { ...seconds, attributes: { ...OLD, 'error.type': false } },
  'gen_ai.client.operation.time_to_first_chunk': oldSeconds,
  'gen_ai.client.operation.time_per_output_chunk': oldSeconds,
};

/** Types of metric attributes that are no text. */
export const METRIC_INTEGERS: ReadonlySet<string> = new Set(['server.port']);
