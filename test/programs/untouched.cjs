'use strict';
/** Prints what a preloaded Arc would leave behind. */
const Module = require('node:module');
console.log(
  JSON.stringify({
    required: Object.keys(require.cache)
      .filter((file) => /instrumentation|require-in-the-middle|import-in-the-middle|opentelemetry/.test(file))
      .map((file) => file.split(/[\\/]/).pop()),
    requireReplaced: !Function.prototype.toString.call(Module.prototype.require).includes('requireDepth'),
    api: Symbol.for('opentelemetry.js.api.1') in globalThis,
    arc: Symbol.for('arc.process') in globalThis,
    signals: process.listenerCount('SIGTERM') + process.listenerCount('SIGINT'),
    exit: process.listenerCount('exit') + process.listenerCount('beforeExit'),
  }),
);
