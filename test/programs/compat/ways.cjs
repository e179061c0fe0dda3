'use strict';
/**
 * Ways to call that every SDK of a provider with a protocol of its own has, written once. A driver says how they are
 * done with one SDK:
 * - `params({ model, temperature, text })`, `chat(client, params, options)`, `stream(client, params, options)`, the latter
 *   with a promise of something to iterate over; `embed(client)`.
 * - `options({ signal, timeoutMs })`: the second argument of both, or undefined where the SDK has no such thing.
 *   `withOptions(params, options)`, where they are among the parameters.
 * - `raw(promise)`: what the SDK offers beside the answer. `retries`: options of a client that tries again soon, three
 *   times in all unless `attempts` says another number. `fetching(fetch, module)`: options of a client with another `fetch`.
 * - `breakAborts`: false where a stream that is left goes on.
 * - `repaired`: what the pattern with a fix for `hot` models changes in a body.
 * - `expect`: by name, what is different in one case, or null where the case makes no sense.
 */
const { calls } = require('./ways-calls.cjs');
const { streams } = require('./ways-streams.cjs');
const { requests } = require('./ways-requests.cjs');

/** An SDK of `sdks.cjs`, by its driver: further `start`, `classOf(module)`, `arguments(url, options)` of the class, `hot`. */
exports.sdkOf = (driver) => {
  const { classOf, hot } = driver;
  return {
    package: driver.package,
    start: async () => [await driver.start()],
    kit: ({ module, server }) => {
      const Client = classOf(module);
      const clientArguments = (more) => driver.arguments(server.url, more);
      return {
        Client,
        clientArguments,
        client: (more = {}) => new Client(...clientArguments(more)),
        clientAt: (url, more) => new Client(...driver.arguments(url, more)),
        secondClient: (other) => new (classOf(other))(...clientArguments({})),
      };
    },
    patterns: [{ pattern: { api: hot.api, [hot.path]: { '>': 0.9 } }, fix: { [hot.path]: 0.5 } }],
    cases: waysOf(driver),
  };
};

/** The cases of a driver, its `own` after those of all. */
function waysOf(driver) {
  const { expect = {}, own = [] } = driver;
  const shared = [...calls(driver), ...streams(driver), ...requests(driver)];
  const unknown = Object.keys(expect).filter((name) => !shared.some((item) => item.name === name));
  if (unknown.length > 0) throw new Error(`no such cases: ${unknown.join(', ')}`);
  const kept = shared.filter(({ name }) => expect[name] !== null);
  return [...kept.map((item) => ({ ...item, ...expect[item.name] })), ...own];
}
