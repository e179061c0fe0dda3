'use strict';
/** Arc in this process, with a tracer provider that counts what starts and what ends. */
const { context, trace } = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { TracerProvider } = require('@opentelemetry/sdk-trace');
const { ArcInstrumentation } = require('arc');
const { hookEsModules } = require('../../../dist/src/instrumentation/module-hooks.js');

/** Spans that count a model request: Arc's, and those an SDK makes by itself. */
const isInference = (span) =>
  span.instrumentationScope.name === 'arc' || span.name === 'anthropic.messages.create';

exports.startArc = ({ format }) => {
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
  const arc = new ArcInstrumentation({ controlUrl: 'none', builtinPack: false });
  arc.setTracerProvider(provider);
  arc.registerPattern({
    pattern: { model: 'gpt-4o-repair', temperature: { '>': 0.9 } },
    fix: { temperature: 0.7 },
  });
  arc.registerPattern({
    pattern: { model: 'claude-repair', temperature: { '>': 0.9 } },
    fix: { temperature: 0.7 },
  });
  arc.registerPattern({ pattern: { model: 'gpt-4o-azure' }, fix: { model: 'gpt-4o-elsewhere' } });
  if (format === 'esm') hookEsModules();
  return {
    forget: () => {
      started.length = 0;
      ended.length = 0;
    },
    open: () => started.length - ended.length,
    sdks: () => arc.sdks(),
    seen: () => ({
      open: started.filter((span) => !ended.includes(span)).map(({ name }) => name),
      endedTwice: ended.length - new Set(ended).size,
      errors: arc.counters.errors,
      inference: ended.filter(isInference).map(({ attributes }) => ({
        tokens: typeof attributes['gen_ai.usage.input_tokens'] === 'number',
        error: attributes['error.type'],
        fixed: attributes['arc.decision'] === 'fix',
      })),
    }),
  };
};
