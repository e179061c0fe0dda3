import type { Attributes } from '@opentelemetry/api';
import { GENERAL, MCP } from '../../contract/names.js';
import { readEndpoint } from '../adapters/endpoint.js';
import { put, type UnknownRecord } from '../adapters/shape.js';

/** What a transport of the SDK runs over, by its shape; empty for one in memory or of the application's own. */
export function networkAttributes(transport: UnknownRecord): Attributes {
  const url = urlOf(transport['_url']);
  if (url !== undefined) return remote(url);
  if ('_serverParams' in transport || '_stdin' in transport) return { [MCP.networkTransport]: 'pipe' };
  const servesHttp = ['handleRequest', 'handlePostMessage'].some(
    (method) => typeof transport[method] === 'function',
  );
  return servesHttp ? { [MCP.networkTransport]: 'tcp', [MCP.networkProtocolName]: 'http' } : {};
}

function urlOf(value: unknown): string | undefined {
  return value instanceof URL || typeof value === 'string' ? String(value) : undefined;
}

function remote(url: string): Attributes {
  const { address, port } = readEndpoint(url.replace(/^ws/, 'http'), '');
  const protocol = url.startsWith('ws') ? 'websocket' : 'http';
  const attributes: Attributes = { [MCP.networkTransport]: 'tcp', [MCP.networkProtocolName]: protocol };
  put(attributes, GENERAL.serverAddress, address);
  put(attributes, GENERAL.serverPort, port);
  return attributes;
}
