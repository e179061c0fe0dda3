import type { Attributes } from '@opentelemetry/api';
import { GEN_AI, MCP } from '../../contract/names.js';
import { isRecord, put, record, text } from '../adapters/shape.js';

/** `client` sends a request or notification, `server` receives one; either end of a connection does both. */
export type McpSide = 'client' | 'server';

/** The part of a JSON-RPC request or notification Arc reads; a notification has no id. */
export interface McpMessage {
  readonly method: string;
  readonly params?: unknown;
  readonly id?: unknown;
  /** Stands for the method in names and metrics, where a peer may send any. */
  readonly label?: string;
}

/** The value as a message, if it is one. */
export function asMessage(value: unknown): McpMessage | undefined {
  // Its method was just found to be a text, and nothing is known of the rest.
  return isRecord(value) && typeof value['method'] === 'string'
    ? (value as unknown as McpMessage)
    : undefined;
}

/** What a message is about: the attributes spans and metrics share. */
export function messageAttributes({ method, label, params }: McpMessage): Attributes {
  const attributes: Attributes = { [MCP.methodName]: label ?? method };
  const name = text(record(params)['name']);
  if (method === 'tools/call') {
    attributes[GEN_AI.operationName] = 'execute_tool';
    put(attributes, GEN_AI.toolName, name);
  } else if (method === 'prompts/get') {
    put(attributes, GEN_AI.promptName, name);
  }
  return attributes;
}

/** What only spans carry: a resource has any number of addresses. */
export function detailAttributes({ method, params, id }: McpMessage): Attributes {
  const attributes: Attributes = { [MCP.methodName]: method };
  if (/^(notifications\/)?resources\//.test(method))
    put(attributes, MCP.resourceUri, text(record(params)['uri']));
  if (typeof id === 'string' || typeof id === 'number') attributes[MCP.jsonrpcRequestId] = String(id);
  return attributes;
}

/** Method and, where there is one of few values, the tool or prompt. */
export function spanNameOf(attributes: Attributes): string {
  const method = text(attributes[MCP.methodName]) ?? '';
  const target = text(attributes[GEN_AI.toolName]) ?? text(attributes[GEN_AI.promptName]);
  return target === undefined ? method : `${method} ${target}`;
}
