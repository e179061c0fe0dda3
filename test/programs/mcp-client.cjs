/** Calls an MCP server it starts over stdio, CommonJS. */
const { join } = require('node:path');
const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport } = require('@modelcontextprotocol/sdk/client/stdio.js');
const { callEverything, serverCommand } = require('./mcp-parts.cjs');

async function main() {
  const client = new Client({ name: 'boat', version: '1.0.0' });
  await client.connect(new StdioClientTransport(serverCommand(join(__dirname, 'mcp-server.cjs'))));
  await callEverything(client);
  await client.close();
}
void main();
