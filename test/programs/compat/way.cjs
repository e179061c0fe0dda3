'use strict';
/** How the shared ways make a call by means of a driver. */

/**
 * @param method - `chat` or `stream` of the driver.
 * @returns the function that makes a call: `variation` of the parameters; `signal` and `timeoutMs` of the call; `client`
 * options, or another `url` it leads to; `change`, which gets the parameters and gives those to send.
 */
exports.call =
  (driver, method) =>
  (kit, variation, { client = {}, url, change = (params) => params, ...told } = {}) => {
    const { options, withOptions } = driver;
    const made = url === undefined ? kit.client(client) : kit.clientAt(url, client);
    const params = driver.params({
      model: driver.model,
      text: 'Hello there',
      streamed: method === 'stream',
      ...variation,
    });
    const asked = Object.keys(told).length > 0;
    const sent = change(asked && withOptions ? withOptions(params, told) : params);
    return asked && options ? driver[method](made, sent, options(told)) : driver[method](made, sent);
  };

/** Tells whether the SDK takes an option of a call: `signal` or `timeoutMs`. */
exports.canBeTold =
  ({ takes = [] }) =>
  (name) =>
    takes.includes(name);

let asked = 0;
/** A model that is refused so often, and then answers; the key keeps those of different cases apart. */
exports.flaky = (status, times) => `flaky-${status}-${times}-key${(asked += 1)}`;

/** Freezes an object and all in it. */
exports.deepFreeze = function deepFreeze(value) {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
};
