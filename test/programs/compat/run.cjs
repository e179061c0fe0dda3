'use strict';
/**
 * Runs every way of calling one release of an SDK, bare or under Arc, against stand-ins of the providers of its own, and
 * prints what the caller saw, what the servers got and which spans there were. Started by test/compat, which compares.
 * Usage: node --expose-gc run.cjs '{"sdk":"openai","version":"7.55.0","folder":"<a folder with the release in
 * node_modules>","format":"cjs","arc":true,"atOnce":500}', where `atOnce` is how many calls the cases with many calls make.
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { startArc } = require('./under-arc.cjs');
const { runCase } = require('./run-case.cjs');
const { SDKS } = require('./sdks.cjs');
const { describe } = require('./seen.cjs');

async function main() {
  const setup = JSON.parse(process.argv[2]);
  const sdk = SDKS[setup.sdk]();
  const arc = setup.arc ? startArc({ ...setup, patterns: sdk.patterns }) : undefined;
  const kit = await createKit(setup, sdk, arc);
  const unhandled = [];
  process.on('unhandledRejection', (reason) => unhandled.push(describe(reason)));
  const results = [];
  for (const testCase of sdk.cases) results.push(await runCase(testCase, { kit, arc, unhandled }));
  await kit.close();
  const output = `${JSON.stringify({ cases: results, sdks: sdk.isPatched === false ? undefined : arc?.sdks() })}\n`;
  await new Promise((resolve) => process.stdout.write(output, resolve));
  process.exit(0);
}

/** What a case gets: the SDK in the format asked for, clients of it, and the servers they lead to. */
async function createKit(setup, sdk, arc) {
  const { folder, version, second, format, atOnce } = setup;
  const servers = await sdk.start();
  const load = loader(folder, format);
  const module = await load(sdk.main ?? sdk.package);
  const other = loader(folder, format === 'cjs' ? 'esm' : 'cjs');
  const kit = {
    module,
    version,
    servers,
    server: servers[0],
    atOnce,
    load: (name) => load(name).catch(() => undefined),
    loadOther: () => other(sdk.main ?? sdk.package),
    loadSecond: second ? () => loader(second, format)(sdk.package) : undefined,
    inContext: arc?.inContext ?? ((_name, run) => run()),
    withNativeTelemetry: arc?.withNativeTelemetry ?? ((_choice, run) => run()),
    close: () => Promise.all(servers.map((server) => server.close())),
  };
  return Object.assign(kit, await sdk.kit(kit));
}

/** Loads packages as a program in `folder` would. */
function loader(folder, format) {
  if (format === 'cjs') {
    const require = createRequire(join(folder, 'program.cjs'));
    return async (name) => require(name);
  }
  const program = import(pathToFileURL(join(folder, 'import.mjs')).href);
  return async (name) => (await program).load(name);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
