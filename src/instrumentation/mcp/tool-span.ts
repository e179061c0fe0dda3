import { trace, type Attributes, type Context, type Span } from '@opentelemetry/api';
import { GEN_AI, MCP } from '../../contract/names.js';
import { isRecord } from '../adapters/shape.js';

/**
 * The span of a framework that traces this very tool call already. Spans of the OpenTelemetry SDK show their attributes;
 * others do not, and get a child.
 * @returns undefined when the active span is no such span, or stands for a message already.
 */
export function toolSpanIn(context: Context, wanted: Attributes): Span | undefined {
  if (wanted[GEN_AI.operationName] !== 'execute_tool') return undefined;
  const span = trace.getSpan(context);
  const attributes = isRecord(span) && 'attributes' in span ? span['attributes'] : undefined;
  if (!span || !isRecord(attributes) || !span.isRecording()) return undefined;
  const traces = [GEN_AI.operationName, GEN_AI.toolName].every((name) => attributes[name] === wanted[name]);
  return traces && attributes[MCP.methodName] === undefined ? span : undefined;
}
