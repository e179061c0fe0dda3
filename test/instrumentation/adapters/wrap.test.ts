import test from 'ava';
import { createRig, type Rig } from '../../helpers/rig.js';
import { partsOf, sdkTest } from '../../helpers/sdk-test.js';
import { importSdk } from '../../helpers/sdks.js';
import { cohereCase } from './cohere-case.js';
import { googleCase } from './google-genai-case.js';
import { mistralCase } from './mistral-case.js';
import type { OwnProtocolCase } from './own-protocol-suite.js';

// No hook sees what an ES module imports unless `hookEsModules` ran: here it did not, as in a bundle.
let rig: Rig;
test.before(async () => {
  rig = await createRig({ builtinPack: false });
});
test.after.always(() => rig.close());

testWrap(googleCase);
testWrap(mistralCase);
testWrap(cohereCase);

function testWrap<Client extends object>(sdk: OwnProtocolCase<Client>): void {
  sdkTest(`wrap: ${sdk.module} is repaired in that client and in no other`, async (t) => {
    const server = await sdk.start();
    rig.arc.registerPattern({
      pattern: { api: sdk.api, [sdk.temperaturePath]: { '>': 0.9 } },
      fix: { [sdk.temperaturePath]: 0.5 },
    });
    const sdkExports = await importSdk(sdk.module);
    const wrapped = sdk.client(sdkExports, server.url);
    const other = sdk.client(sdkExports, server.url);
    const temperatures = () => server.requests.map(({ body }) => sdk.temperatureOf(body));
    t.is(rig.arc.wrap(wrapped), wrapped);

    await sdk.chat(other, { temperature: 1 });
    t.is(rig.spans().length, 0);
    await sdk.chat(wrapped, { temperature: 1 });
    await partsOf(await sdk.stream(wrapped, { temperature: 1 }));
    t.deepEqual(temperatures(), [1, 0.5, 0.5]);
    t.deepEqual(
      rig.spans().map(({ attributes }) => attributes['gen_ai.provider.name']),
      [sdk.provider, sdk.provider],
    );
    t.deepEqual(
      rig.arc
        .sdks()
        .filter(({ module }) => module === sdk.module)
        .map(({ format }) => format),
      ['client'],
    );
    await server.close();
  });
}
