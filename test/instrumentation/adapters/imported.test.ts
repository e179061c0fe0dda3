import test from 'ava';
import { hookEsModules } from '../../../src/instrumentation/module-hooks.js';
import { createRig, type Rig } from '../../helpers/rig.js';
import { sdkTest } from '../../helpers/sdk-test.js';
import { importSdk } from '../../helpers/sdks.js';
import { cohereCase } from './cohere-case.js';
import { googleCase } from './google-genai-case.js';
import { mistralCase } from './mistral-case.js';
import type { OwnProtocolCase } from './own-protocol-suite.js';

// Nothing here requires the SDKs, so what is seen is seen through the import alone.
let rig: Rig;
test.before(async () => {
  hookEsModules();
  rig = await createRig({ builtinPack: false });
});
test.after.always(() => rig.close());

testImported(googleCase, '3.1.0');
testImported(mistralCase, '2.7.0');
testImported(cohereCase, '8.1.0');

function testImported<Client>(sdk: OwnProtocolCase<Client>, version: string): void {
  sdkTest(`import: ${sdk.module} is seen, every method of it, and put back`, async (t) => {
    const server = await sdk.start();
    const client = sdk.client(await importSdk(sdk.module), server.url);
    await sdk.chat(client);
    t.is(rig.spans().length, 1);
    const [copy, ...others] = rig.arc.sdks().filter(({ module }) => module === sdk.module);
    t.is(others.length, 0);
    t.like(copy, { format: 'esm', version, support: 'tested' });
    t.deepEqual(
      copy?.targets.filter(({ patched }) => !patched),
      [],
    );
    rig.arc.disable();
    await sdk.chat(client);
    t.is(rig.spans().length, 0);
    t.false(rig.arc.sdks().some(({ targets }) => targets.some(({ patched }) => patched)));
    rig.arc.enable();
    await server.close();
  });
}
