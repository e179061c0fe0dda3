/** How to find the one class of the MCP SDK that Arc patches, `Protocol`, in every layout and module format of 1.x. */

/** Package name. */
export const MCP_MODULE = '@modelcontextprotocol/sdk';

/** ES module copies of the file that has the class, as the module hooks name them. */
export const MCP_ESM_FILES: readonly string[] = [
  'dist/esm/shared/protocol.js',
  'dist/shared/protocol.js',
].map((path) => `${MCP_MODULE}/${path}`);

/** The same files by their URL: the SDK imports them by relative paths. */
export const MCP_ESM_URL = /\/@modelcontextprotocol\/sdk\/dist\/(?:esm\/)?shared\/protocol\.js$/;

/** Versions the tests cover: from the first, below the second. */
export const MCP_TESTED = [['1.32.0', '2.0.0']] as const;
