import { SeverityNumber, type Attributes, type Logger } from '@opentelemetry/api';
import { EVENT_OPERATION_DETAILS, GEN_AI, GENERAL } from '../contract/names.js';
import type { ResponseFacts } from './adapters/adapter.js';
import { put } from './adapters/shape.js';
import type { Call } from './call-state.js';
import { contentValue } from './content.js';
import { putContextValues } from './context.js';
import type { EngineOptions } from './engine.js';
import { putResponse } from './spans.js';

/**
 * Emits all a model call was and said as one log event, structured, beside its span. Embeddings have no such event. Only
 * called when the option `contentEvents` asks for it.
 * @param failure - `error.type` of a call that failed.
 */
export function emitDetails(call: Call, facts: ResponseFacts, failure: string | undefined): void {
  const { engine, target, context } = call;
  if (!engine.logger || target.operation === 'embeddings' || !isListening(engine.logger)) return;
  const attributes: Attributes = {};
  putRequest(attributes, call);
  putResponse(attributes, facts, engine.options);
  Object.assign(attributes, facts.extra);
  put(attributes, GENERAL.errorType, failure);
  if (call.firstChunkAt > 0) {
    attributes[GEN_AI.responseTimeToFirstChunk] = (call.firstChunkAt - call.startedAt) / 1000;
  }
  putContents(attributes, call, facts);
  engine.logger.emit({
    eventName: EVENT_OPERATION_DETAILS,
    severityNumber: SeverityNumber.INFO,
    severityText: 'INFO',
    attributes,
    context,
  });
}

/** Loggers of older API versions cannot tell whether anybody listens. */
function isListening(logger: Partial<Logger>): boolean {
  return (
    logger.enabled?.({ eventName: EVENT_OPERATION_DETAILS, severityNumber: SeverityNumber.INFO }) ?? true
  );
}

function putRequest(attributes: Attributes, { target, endpoint, model, params, context }: Call): void {
  attributes[GEN_AI.operationName] = target.operation;
  attributes[GEN_AI.providerName] = endpoint.provider;
  put(attributes, GEN_AI.requestModel, model);
  put(attributes, GENERAL.serverAddress, endpoint.address);
  put(attributes, GENERAL.serverPort, endpoint.port);
  target.requestAttributes(params, attributes);
  putContextValues(attributes, context);
}

function putContents(attributes: Attributes, { engine, target, params }: Call, facts: ResponseFacts): void {
  const { inputMessages, systemInstructions, toolDefinitions } = target.requestContent(params);
  putValue(attributes, GEN_AI.inputMessages, inputMessages, engine.options);
  putValue(attributes, GEN_AI.systemInstructions, systemInstructions, engine.options);
  putValue(attributes, GEN_AI.toolDefinitions, toolDefinitions, engine.options);
  putValue(attributes, GEN_AI.outputMessages, facts.output?.(), engine.options);
}

function putValue(attributes: Attributes, name: string, value: unknown, options: EngineOptions): void {
  if (value !== undefined) attributes[name] = contentValue(value, options);
}
