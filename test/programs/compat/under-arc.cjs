'use strict';
/** Arc in this process, with a tracer provider that counts what starts and what ends. */
const { context, trace } = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { TracerProvider } = require('@opentelemetry/sdk-trace');
const { ArcInstrumentation, withArcContext } = require('arc');
const { isInference } = require('./spans.cjs');
const { hookEsModules } = require('../../../dist/src/instrumentation/module-hooks.js');

exports.startArc = ({ patterns }) => {
  const started = [];
  const ended = [];
  const processor = {
    onStart: (span) => started.push(span),
    onEnd: (span) => ended.push(span),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  const provider = new TracerProvider({ spanProcessors: [processor] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  const config = { controlUrl: 'none', builtinPack: false };
  const arc = new ArcInstrumentation(config);
  arc.setTracerProvider(provider);
  for (const pattern of patterns) arc.registerPattern(pattern);
  hookEsModules();
  let fixedBefore = 0;
  let errorsBefore = 0;
  return {
    forget: () => {
      ({ fixed: fixedBefore, errors: errorsBefore } = arc.counters);
      started.length = 0;
      ended.length = 0;
    },
    open: () => started.length - ended.length,
    sdks: () => arc.sdks(),
    ended: () => [...ended],
    /** Runs a function in a span of the application's and in a conversation, both of the name given. */
    inContext: (name, run) =>
      provider.getTracer('application').startActiveSpan(name, async (span) => {
        try {
          return await withArcContext({ conversation: name }, run);
        } finally {
          span.end();
        }
      }),
    /** Runs a function with another choice of who makes the span where the SDK can make one itself. */
    withNativeTelemetry: async (choice, run) => {
      arc.setConfig({ ...config, nativeTelemetry: choice });
      try {
        return await run();
      } finally {
        arc.setConfig(config);
      }
    },
    seen: () => ({
      open: started.filter((span) => !span.ended).map(({ name }) => name),
      endedTwice: ended.length - new Set(ended).size,
      fixes: arc.counters.fixed - fixedBefore,
      failures: arc.counters.errors - errorsBefore,
      named: ended
        .filter(({ instrumentationScope }) => instrumentationScope.name === 'arc')
        .map(({ name }) => name)
        .sort(),
      inference: ended.filter(isInference).map(({ attributes }) => ({
        tokens: typeof attributes['gen_ai.usage.input_tokens'] === 'number',
        error: attributes['error.type'],
        fixed: attributes['arc.decision'] === 'fix',
      })),
    }),
  };
};
