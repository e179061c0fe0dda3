/** Calls an MCP server it starts over stdio, ES module. */
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { callEverything, serverCommand } from './mcp-parts.cjs';

const client = new Client({ name: 'boat', version: '1.0.0' });
const server = fileURLToPath(new URL('mcp-server.mjs', import.meta.url));
await client.connect(new StdioClientTransport(serverCommand(server)));
await callEverything(client);
await client.close();
