/** An MCP server over stdio, ES module. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { addTools } from './mcp-parts.cjs';

const server = new McpServer({ name: 'rivers', version: '1.0.0' });
addTools(server, z);
await server.connect(new StdioServerTransport());
