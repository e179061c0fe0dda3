import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { default as Anthropic } from '@anthropic-ai/sdk';
import type { default as OpenAI } from 'openai';
import { ArcInstrumentation } from '../../src/index.js';
import { modelFetch } from './model-fetch.js';
import { createOthers, otherStyles } from './other-styles.js';
import { STYLES, type Clients, type Style } from './styles.js';
import type { Checkpoint, Outcome } from './verdict.js';

/** How much is done. */
export interface SoakOptions {
  readonly calls: number;
  /** The same seed makes the same calls. */
  readonly seed: number;
  readonly checkpoints: number;
  /** Told after each checkpoint. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void;
}

/** Calls under way at a time. */
const AT_ONCE = 20;
/** Turns of the event loop to wait for spans that end when the garbage collector has been there. */
const MAX_TURNS = 500;

/** Counts spans as they start and end; keeps none. */
function createCounter() {
  const open = new Set<string>();
  const counts = { started: 0, ended: 0, endedTwice: 0 };
  return {
    counts,
    open,
    onStart(span: Pick<ReadableSpan, 'spanContext'>) {
      counts.started += 1;
      open.add(span.spanContext().spanId);
    },
    onEnd(span: ReadableSpan) {
      counts.ended += 1;
      if (!open.delete(span.spanContext().spanId)) counts.endedTwice += 1;
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

/**
 * Makes calls in random styles through the real SDKs under Arc and watches spans and heap.
 * @throws {Error} without `--expose-gc`, and when a call ends in another way than its style says.
 */
export async function soak({ calls, seed, checkpoints, onCheckpoint }: SoakOptions): Promise<Outcome> {
  const { gc } = globalThis;
  if (!gc) throw new Error('soak: run node with --expose-gc');
  const counter = createCounter();
  const { arc, clients, reader, styles } = start(counter);
  const random = randomNumbers(seed);
  const seen: Checkpoint[] = [];
  for (let done = 0; done < calls;) {
    const until = Math.min(calls, Math.ceil(((seen.length + 1) * calls) / checkpoints));
    for (; done < until; done += AT_ONCE)
      await batch({ clients, styles }, random, Math.min(AT_ONCE, until - done));
    done = until;
    for (let turn = 0; turn < MAX_TURNS && (turn < 3 || counter.open.size > 0); turn += 1) {
      gc();
      await nextTurn();
    }
    await reader.forceFlush();
    gc();
    const checkpoint = { calls: done, heapBytes: process.memoryUsage().heapUsed, open: counter.open.size };
    seen.push(checkpoint);
    onCheckpoint?.(checkpoint);
  }
  arc.disable();
  return { calls, ...counter.counts, checkpoints: seen, errors: arc.counters.errors };
}

function start(counter: ReturnType<typeof createCounter>) {
  globalThis.fetch = modelFetch; // before Arc replaces it
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const arc = new ArcInstrumentation({
    builtinPack: false,
    controlUrl: 'none',
    injectUsage: true,
    captureContent: true,
  });
  arc.setTracerProvider(new TracerProvider({ spanProcessors: [counter] }));
  arc.setMeterProvider(new MeterProvider({ readers: [reader] }));
  arc.registerPattern({ pattern: { temperature: { '>': 0.9 } }, fix: { temperature: 0.7 } });
  const flush = {
    async forceFlush() {
      await reader.forceFlush();
      exporter.reset();
    },
  };
  const others = createOthers();
  const styles = others ? [...STYLES, ...otherStyles(others)] : STYLES;
  return { arc, clients: createClients(), reader: flush, styles };
}

function createClients(): Clients {
  const load = createRequire(__filename);
  const { OpenAI: OpenAiClient } = load('openai') as { OpenAI: typeof OpenAI };
  const { Anthropic: AnthropicClient } = load('@anthropic-ai/sdk') as { Anthropic: typeof Anthropic };
  const options = { apiKey: 'none', baseURL: 'http://model.invalid/v1', maxRetries: 0, fetch: modelFetch };
  return { openai: new OpenAiClient(options), anthropic: new AnthropicClient(options) };
}

interface Ways {
  readonly clients: Clients;
  readonly styles: readonly Style[];
}

/** Makes some calls at once. */
async function batch({ clients, styles }: Ways, random: () => number, size: number): Promise<void> {
  const picked = Array.from({ length: size }, () => ({
    style: styles[Math.floor(random() * styles.length)],
    hot: random() < 0.3,
  }));
  await Promise.all(
    picked.map(async ({ style, hot }) => {
      try {
        await style?.run(clients, hot);
      } catch (error) {
        throw new Error(`soak: the style "${style?.name}" failed`, { cause: error });
      }
    }),
  );
  await nextTurn();
}

/**
 * Numbers from 0 to below 1, the same for the same seed.
 * @see mulberry32, a public-domain generator by Tommy Ettinger
 */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
