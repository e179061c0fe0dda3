import test from 'ava';
import { waitUntil } from '../../helpers/wait-until.js';
import { createMcpRig, HANDSHAKE, spansOf, type McpRig } from './rig.js';
import { loadMcp, withMcp, type McpSdk } from './sdk.js';
import { httpWorld, inMemoryWorld, outcome, STYLES } from './world.js';

let rig: McpRig;
let sdk: McpSdk;
test.before(async () => {
  rig = await createMcpRig();
  if (withMcp === test.serial) sdk = loadMcp();
});
test.beforeEach(() => {
  rig.arc.enable();
  rig.spans();
});
test.after.always(() => rig.close());

for (const [transport, connect] of [
  ['in memory', inMemoryWorld],
  ['HTTP', httpWorld],
] as const) {
  for (const [name, use] of STYLES) {
    withMcp(
      `transparency, ${transport}: ${name} gives the same as without Arc, and no span stays open`,
      async (t) => {
        rig.arc.disable();
        const bare = await connect(t, sdk);
        const expected = await outcome(() => use(bare.client, sdk));
        t.is(rig.spans().length, 0);
        rig.arc.enable();
        const { counters } = rig.arc;
        const errorsBefore = counters.errors;
        const { client, server } = await connect(t, sdk);
        await spansOf(rig, HANDSHAKE);
        t.deepEqual(await outcome(() => use(client, sdk)), expected);
        await client.close();
        await server.close();
        await waitUntil('all spans to end', () => rig.openSpans() === 0);
        t.is(counters.errors, errorsBefore);
      },
    );
  }
}
