/** An MCP server over stdio, CommonJS. */
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { StdioServerTransport } = require('@modelcontextprotocol/sdk/server/stdio.js');
const { z } = require('zod');
const { addTools } = require('./mcp-parts.cjs');

const server = new McpServer({ name: 'rivers', version: '1.0.0' });
addTools(server, z);
void server.connect(new StdioServerTransport());
