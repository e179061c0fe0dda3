import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  type Context,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { isRecord } from '../adapters/shape.js';
import { globalApi } from '../otel-global.js';
import type { McpMessage } from './message.js';

/**
 * The message with the trace context in `params._meta`, where the peer looks for it. The caller's object stays as it is;
 * a message that cannot be copied faithfully, or whose caller put a context in already, goes out as it came.
 */
export function withTraceContext(message: McpMessage, context: Context): McpMessage {
  const { params = {} } = message;
  if (!isPlain(message) || !isPlain(params)) return message;
  const { _meta: meta = {} } = params as { readonly _meta?: unknown }; // a plain object, as just checked
  const carrier = carrierOf(context);
  const keys = Object.keys(carrier);
  if (keys.length === 0 || !isPlain(meta) || keys.some((key) => key in meta)) return message;
  return { ...message, params: { ...params, _meta: { ...meta, ...carrier } } };
}

/** The sender's context, on top of the one in force here. */
export function extractTraceContext(context: Context, { params }: McpMessage): Context {
  const meta = isRecord(params) ? params['_meta'] : undefined;
  const propagator = registered();
  return propagator && isRecord(meta) ? propagator.extract(context, meta, defaultTextMapGetter) : context;
}

function carrierOf(context: Context): Record<string, unknown> {
  const carrier: Record<string, unknown> = {};
  registered()?.inject(context, carrier, defaultTextMapSetter);
  return carrier;
}

function registered(): TextMapPropagator | undefined {
  const propagator = globalApi()?.propagation;
  return isPropagator(propagator) ? propagator : undefined;
}

function isPropagator(value: unknown): value is TextMapPropagator {
  return isRecord(value) && typeof value['inject'] === 'function' && typeof value['extract'] === 'function';
}

/** True for what `{ ...value }` copies whole: no class instance, nothing that serialises itself. */
function isPlain(value: unknown): value is object {
  if (!isRecord(value) || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
