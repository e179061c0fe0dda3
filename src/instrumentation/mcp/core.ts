import type { Engine } from '../engine.js';
import type { McpInstruments } from './metrics.js';
import type { Sessions } from './session.js';

/** What the patched methods of MCP clients and servers read. One per engine. */
export interface McpCore {
  readonly engine: Engine;
  readonly sessions: Sessions;
  /** The instruments of the meter in force. */
  instruments(): McpInstruments;
}
