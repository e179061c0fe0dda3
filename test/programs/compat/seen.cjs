'use strict';
/** What a caller saw, as plain data without what differs from run to run. */

const VOLATILE = new Set([
  'id',
  'created',
  'created_at',
  'call_id',
  'item_id',
  'system_fingerprint',
  '_request_id',
  'date',
  'totalRetryDelay',
]);
const RANDOM = /\b(req|msg|chatcmpl|cmpl|resp|call|toolu|fc|fp)[-_]\w+/g;
const PORT = /127\.0\.0\.1:\d+/g;

/** Errors become class, message, status and cause; class instances keep the name of their class. */
exports.describe = function describe(value, seen = new Set()) {
  if (typeof value === 'string') return value.replace(RANDOM, '$1_*').replace(PORT, '127.0.0.1:*');
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol')
    return String(typeof value);
  if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : value;
  if (seen.has(value)) return 'seen before';
  seen.add(value);
  if (value instanceof Error) return describeError(value, seen);
  if (Array.isArray(value)) return value.map((item) => describe(item, seen));
  const entries = Reflect.ownKeys(value)
    .filter((key) => typeof key === 'string')
    .map((key) => {
      const item = VOLATILE.has(key) ? typeof value[key] : describe(value[key], seen);
      return [Object.prototype.propertyIsEnumerable.call(value, key) ? key : `(${key})`, item];
    });
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return name && name !== 'Object'
    ? { '(class)': name, ...Object.fromEntries(entries) }
    : Object.fromEntries(entries);
};

function describeError(error, seen) {
  const { status, code, type, param, cause } = error;
  const { describe } = exports;
  return {
    '(error)': error.constructor.name,
    message: describe(error.message, seen),
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(type === undefined ? {} : { type }),
    ...(param === undefined ? {} : { param }),
    ...(cause === undefined ? {} : { cause: describe(cause, seen) }),
  };
}

/** The chunks of a stream. */
exports.collect = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};

/** A request, without what differs from run to run or is OpenTelemetry's. */
exports.describeRequest = ({ method, path, search, headers, rawBody, status, aborted }) => {
  const { host, traceparent, tracestate, baggage, ...kept } = headers;
  for (const name of VOLATILE_HEADERS) if (kept[name]) kept[name] = 'any';
  const [, boundary] = /^multipart\/form-data; ?boundary=(.+)$/.exec(kept['content-type'] ?? '') ?? [];
  if (boundary) Object.assign(kept, { 'content-type': 'multipart', 'content-length': 'any' });
  const body = boundary ? rawBody.replaceAll(boundary, 'boundary') : rawBody;
  return { method, path: path + search, headers: kept, body: exports.describe(body), status, aborted };
};

const VOLATILE_HEADERS = [
  'x-model-server',
  'idempotency-key',
  'x-stainless-timeout',
  ':authority',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'x-amz-date',
];

/** Classes on the way from a value to Object, by name, and which of the SDK's exported classes it is an instance of. */
exports.kind = (value, module) => {
  const chain = [];
  for (let at = Object.getPrototypeOf(value); at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    chain.push(at.constructor.name);
  }
  const exported = Object.entries(module).filter(([, item]) => isClass(item));
  const classes = [...exported, ...exported.flatMap(([, item]) => Object.entries(item))];
  const of = classes.filter(([, item]) => isClass(item) && value instanceof item).map(([name]) => name);
  return {
    chain,
    of: [...new Set(of)].sort(),
    own: Object.getOwnPropertyNames(value).filter((key) => !PATCHED.has(key)),
  };
};

/** What Arc replaces on a promise or a stream is the object's own afterwards. */
const PATCHED = new Set([
  ...['parse', 'asResponse', '_thenUnwrap', '_responseProps', 'iterator'],
  ...['getReader', 'tee', 'cancel', 'values', 'pipeTo', 'pipeThrough', 'next', 'return', 'throw'],
]);

function isClass(value) {
  return typeof value === 'function' && typeof value.prototype === 'object' && value.prototype !== null;
}
