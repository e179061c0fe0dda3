'use strict';
/** One way of calling, from its start until nothing of it is under way any more. */
const { setTimeout: delay } = require('node:timers/promises');
const { describe, describeRequest } = require('./seen.cjs');

/** Longest wait for what a case left behind: answers under way, spans, garbage, in milliseconds. */
const SETTLE_MS = 8_000;

/** Longest wait for what a case returns, unless it says another, in milliseconds. */
const PATIENCE_MS = 20_000;

/**
 * Runs one case:
 * - `run` gives what the caller sees; `has` is false where the release lacks what it calls.
 * - `spans`, 1 when left out, and `tokens`, true when left out: model requests, and whether they have token counts.
 * - `named`: names of all spans of Arc's, where there are others than those of model requests.
 * - `repaired`: parameters a pattern changes.
 * - `bySdk`: the SDK makes the span. `failsInside`: Arc meets an error, as with a getter that throws.
 * - `leaves`: what comes after the case has returned. A case that does not wait for its call leaves the request and the
 *   rejection behind. Whether the collector finds a stream nobody holds before its last byte has come is chance, with or
 *   without Arc (`garbage`), so how such a request ends is not compared.
 * - `verify`: looks at the spans under Arc, and at what `run` gave, and names what is wrong.
 */
exports.runCase = async (testCase, { kit, arc, unhandled }) => {
  const {
    name,
    spans = 1,
    tokens = true,
    named,
    repaired,
    bySdk,
    failsInside,
    leaves = {},
    verify,
  } = testCase;
  if (testCase.has && !(await testCase.has(kit))) return { name, there: false };
  // A request that is collected no longer hears its signal (undici), so nothing is collected while the case runs.
  globalThis.gc();
  const first = kit.servers.map(({ requests }) => requests.length);
  arc?.forget();
  unhandled.length = 0;
  let value;
  const outcome = await Promise.race([attempt(testCase, kit), stillWaiting(testCase)]).then(
    (result) => ({ value: describe((value = result)) }),
    (error) => ({ error: describe(error) }),
  );
  const requests = () => kit.servers.flatMap(({ requests }, index) => requests.slice(first[index]));
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
    requests: requests()
      .map(leaves.garbage ? describeDropped : describeRequest)
      .sort(inOrder),
    expected: {
      spans: typeof spans === 'function' ? spans(kit) : spans,
      tokens,
      named,
      repaired,
      bySdk,
      failsInside,
    },
    spans: arc?.seen(),
    wrong: arc && verify ? verify(arc.ended(), value) : undefined,
  };
};

function describeDropped(request) {
  const { aborted: _chance, ...described } = describeRequest(request);
  return described;
}

/** What a case throws at once is a rejection as well. */
async function attempt({ run }, kit) {
  return run(kit);
}

/** Requests made at once arrive in any order. */
function inOrder(a, b) {
  const [left, right] = [a, b].map(({ path, body }) => `${path} ${body}`);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Where a release never answers a call, that must stay as it is, too. */
async function stillWaiting({ patience = PATIENCE_MS }) {
  await delay(patience, undefined, { ref: false });
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
