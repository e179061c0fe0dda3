import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'ava';
import { REPO_ROOT } from '../../helpers/repo-root.js';

/** What a tool call gives back. */
export interface ToolResult {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly isError?: boolean;
}

/** Options of one request. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
  readonly onprogress?: (progress: unknown) => void;
}

/** What a handler is told beside the request. */
export interface HandlerExtra {
  readonly signal: AbortSignal;
  readonly _meta?: Readonly<Record<string, unknown>>;
  readonly sendNotification: (notification: unknown) => Promise<void>;
  readonly sendRequest: (request: unknown, schema: unknown) => Promise<unknown>;
}

type Handler = (request: { readonly params?: unknown }, extra: HandlerExtra) => unknown;

/** The part of the SDK's `Protocol` the tests use. */
export interface McpProtocol {
  connect(transport: unknown): Promise<void>;
  close(): Promise<void>;
  request(request: unknown, schema: unknown, options?: RequestOptions): Promise<unknown>;
  notification(notification: unknown): Promise<void>;
  setRequestHandler(schema: unknown, handler: Handler): void;
  setNotificationHandler(schema: unknown, handler: (notification: unknown) => unknown): void;
  fallbackRequestHandler?: Handler;
}

/** The part of `Client` the tests use. */
export interface McpClient extends McpProtocol {
  callTool(params: unknown, schema?: undefined, options?: RequestOptions): Promise<ToolResult>;
  listTools(): Promise<{ tools: readonly { name: string }[] }>;
  readResource(params: unknown): Promise<unknown>;
  listResources(): Promise<unknown>;
  getPrompt(params: unknown): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** The part of `McpServer` the tests use. */
export interface McpServer {
  readonly server: McpProtocol;
  connect(transport: unknown): Promise<void>;
  close(): Promise<void>;
  registerTool(name: string, config: unknown, run: (args: never, extra: HandlerExtra) => unknown): void;
  registerResource(name: string, uri: string, config: unknown, read: () => unknown): void;
  registerPrompt(name: string, config: unknown, get: () => unknown): void;
}

/** A transport the tests look at. */
export interface McpTransport {
  readonly sessionId?: string;
  handleRequest(request: unknown, response: unknown): Promise<void>;
}

/** The modules of the SDK the tests use, typed as far as they do. */
export interface McpSdk {
  readonly Client: new (info: unknown, options?: unknown) => McpClient;
  readonly McpServer: new (info: unknown, options?: unknown) => McpServer;
  readonly Protocol: { readonly prototype: Readonly<Record<string, unknown>> };
  readonly InMemoryTransport: { createLinkedPair(): [unknown, unknown] };
  readonly StreamableHTTPServerTransport: new (options: unknown) => McpTransport;
  readonly StreamableHTTPClientTransport: new (url: URL) => McpTransport;
  readonly McpError: new (code: number, message: string, data?: unknown) => Error;
  readonly types: Readonly<Record<string, unknown>>;
  readonly z: { string(): unknown };
}

/** Where the frameworks Arc is tested with are installed. */
export const FRAMEWORKS = join(REPO_ROOT, 'test', 'frameworks');

/** True when `npm ci --prefix test/frameworks` has run. */
export const HAS_MCP = existsSync(join(FRAMEWORKS, 'node_modules', '@modelcontextprotocol', 'sdk'));

if (!HAS_MCP) {
  console.warn(
    'the MCP SDK is not installed; `npm ci --prefix test/frameworks` installs it. Not tested with it.',
  );
}

/** `test.serial` where the SDK is at hand. */
export const withMcp = HAS_MCP ? test.serial : test.serial.skip;

/** Loads the CommonJS copy of the SDK. */
export function loadMcp(): McpSdk {
  const load = createRequire(join(FRAMEWORKS, 'x.js'));
  const from = (path: string): object => load(`@modelcontextprotocol/sdk/${path}.js`) as object;
  const types = from('types');
  const paths = ['client/index', 'server/mcp', 'shared/protocol', 'inMemory', 'server/streamableHttp'];
  const modules = [...paths, 'client/streamableHttp'].map(from);
  const { z } = load('zod') as { z: unknown };
  // The modules named above have the classes named in the type.
  return Object.assign({ types, z }, types, ...modules) as McpSdk;
}
