/** What the MCP programs of both module formats share: the tools of the server, and the calls of the client. */

exports.addTools = (server, z) => {
  server.registerTool('echo', { inputSchema: { text: z.string() } }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  server.registerTool('broken', {}, () => {
    throw new Error('the river is dry');
  });
};

/** The server runs as this program does: same Node.js, same preloads, a service of its own. */
exports.serverCommand = (path) => ({
  command: process.execPath,
  args: [...process.execArgv, path],
  env: { ...process.env, OTEL_SERVICE_NAME: 'mcp-server' },
});

/** Prints what each call gives, one line each. */
exports.callEverything = async (client) => {
  const print = (value) => console.log(JSON.stringify(value));
  print((await client.listTools()).tools.map(({ name }) => name));
  print(await client.callTool({ name: 'echo', arguments: { text: 'Elbe' } }));
  print(await client.callTool({ name: 'broken' }));
  await client.readResource({ uri: 'notes://none' }).catch(({ name, code, message }) => {
    print({ name, code, message });
  });
};
