'use strict';
/**
 * Runs every way of calling one release of an SDK, bare or under Arc, against a model server of its own, and prints
 * what the caller saw, what the server got and which spans there were. Started by test/compat, which compares.
 * Usage: node --expose-gc run.cjs '{"sdk":"openai","folder":"<a folder with the release in node_modules>","format":"cjs","arc":true}'
 */
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { setTimeout: delay } = require('node:timers/promises');
const { startArc } = require('./under-arc.cjs');
const { describe } = require('./seen.cjs');

const { startModelServer } = require('../../../dist/src/cli/demo/model-server.js');

const CASES = {
  openai: ['./openai-chat.cjs', './openai-streams.cjs', './openai-requests.cjs', './openai-other.cjs'],
  anthropic: ['./anthropic-calls.cjs', './anthropic-streams.cjs'],
};
const PACKAGES = { openai: 'openai', anthropic: '@anthropic-ai/sdk' };

/** Longest wait for what a case left behind: answers under way, spans, garbage, in milliseconds. */
const SETTLE_MS = 8_000;

/** Longest wait for what a case returns, in milliseconds. */
const PATIENCE_MS = 20_000;

async function main() {
  const setup = JSON.parse(process.argv[2]);
  const arc = setup.arc ? startArc(setup) : undefined;
  const server = await startModelServer();
  const kit = await createKit(setup, server);
  const unhandled = [];
  process.on('unhandledRejection', (reason) => unhandled.push(describe(reason)));
  const results = [];
  for (const file of CASES[setup.sdk]) {
    for (const testCase of require(file).cases) {
      results.push(await runCase(testCase, { kit, server, arc, unhandled }));
    }
  }
  await server.close();
  await new Promise((resolve) =>
    process.stdout.write(`${JSON.stringify({ cases: results, sdks: arc?.sdks() })}\n`, resolve),
  );
  process.exit(0);
}

/** What a case gets: the SDK in the format asked for, and clients of it. */
async function createKit(setup, server) {
  const load = loader(setup.folder, setup.format);
  const module = await load(PACKAGES[setup.sdk]);
  const Client =
    setup.sdk === 'openai' ? (module.OpenAI ?? module.default) : (module.Anthropic ?? module.default);
  const baseURL = setup.sdk === 'openai' ? server.openaiBaseUrl : server.anthropicBaseUrl;
  const options = { apiKey: 'none', baseURL, maxRetries: 0 };
  return {
    module,
    Client,
    options,
    server,
    client: (more) => new Client({ ...options, ...more }),
    load: (name) => load(name).catch(() => undefined),
    loadSecond: setup.second ? () => loader(setup.second, setup.format)(PACKAGES[setup.sdk]) : undefined,
  };
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

/**
 * Runs one case. `leaves` names what comes after the case has returned: a case that does not wait for its call leaves
 * the request and the rejection behind.
 */
async function runCase(testCase, { kit, server, arc, unhandled }) {
  const { name, spans = 1, tokens = true, repaired, leaves = {} } = testCase;
  if (testCase.has && !(await testCase.has(kit))) return { name, there: false };
  const first = server.requests.length;
  arc?.forget();
  unhandled.length = 0;
  const outcome = await Promise.race([testCase.run(kit), stillWaiting()]).then(
    (value) => ({ value: describe(value) }),
    (error) => ({ error: describe(error) }),
  );
  const requests = () => server.requests.slice(first);
  await settle(
    () =>
      requests().length >= (leaves.requests ?? 0) &&
      requests().every(({ finished, aborted }) => finished || aborted) &&
      unhandled.length >= (leaves.unhandled ?? 0) &&
      (arc?.open() ?? 0) === 0,
  );
  return {
    name,
    there: true,
    ...outcome,
    unhandled: [...unhandled],
    requests: requests().map(describeRequest),
    expected: { spans, tokens, repaired },
    spans: arc?.seen(),
  };
}

/** Where a release never answers a call, that must stay as it is, too. */
async function stillWaiting() {
  await delay(PATIENCE_MS, undefined, { ref: false });
  return 'no answer in time';
}

async function settle(isDone) {
  const end = Date.now() + SETTLE_MS;
  // Two turns, for rejections nobody handles.
  await delay(2);
  await delay(2);
  while (!isDone() && Date.now() < end) {
    globalThis.gc();
    await delay(5);
  }
}

/** Without what differs from run to run or is OpenTelemetry's. */
function describeRequest({ method, path, headers, rawBody, status, aborted }) {
  const { host, traceparent, tracestate, baggage, ...kept } = headers;
  const isForm = kept['content-type']?.startsWith('multipart/') === true;
  if (isForm) Object.assign(kept, { 'content-type': 'multipart', 'content-length': 'any' });
  for (const name of ['x-model-server', 'idempotency-key', 'x-stainless-timeout'])
    if (kept[name]) kept[name] = 'any';
  return { method, path, headers: kept, body: isForm ? 'form' : describe(rawBody), status, aborted };
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
