/** Loads both copies of the MCP SDK and prints how they are patched, disabled and enabled again. */
import { createRequire } from 'node:module';
import { Protocol } from '@modelcontextprotocol/sdk/shared/protocol.js';
import '@modelcontextprotocol/sdk/server/mcp.js';

const require = createRequire(import.meta.url);
const copies = [Protocol, require('@modelcontextprotocol/sdk/shared/protocol.js').Protocol];
const { instrumentation } = globalThis[Symbol.for('arc.process')];
const isWrapped = () => copies.map(({ prototype }) => '__wrapped' in prototype._onrequest);
const states = [isWrapped()];
instrumentation.disable();
states.push(isWrapped());
instrumentation.enable();
states.push(isWrapped());
const listed = instrumentation
  .sdks()
  .filter(({ format }) => format !== 'global')
  .map(({ module, version, format }) => `${module} ${version} ${format}`);
console.log(JSON.stringify({ distinct: new Set(copies).size, states, listed }));
