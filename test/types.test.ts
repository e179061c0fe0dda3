import test from 'ava';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import type { default as OpenAI } from 'openai';
import { expectTypeOf } from 'expect-type';
import {
  type ArcInstrumentation,
  registerPattern,
  status,
  wrap,
  type ArcInstrumentationConfig,
  type ArcStatus,
  type PatternDefinition,
} from '../src/index.js';
import { withArc } from '../src/next.js';

test('types: ArcInstrumentation is what a NodeSDK takes', (t) => {
  expectTypeOf<ArcInstrumentation>().toExtend<Instrumentation>();
  expectTypeOf<[ArcInstrumentation]>().toExtend<NodeSDKConfiguration['instrumentations']>();
  expectTypeOf<ConstructorParameters<typeof ArcInstrumentation>[0]>().toEqualTypeOf<
    ArcInstrumentationConfig | undefined
  >();
  t.pass();
});

test('types: wrap gives back the type it was given', (t) => {
  expectTypeOf(wrap<OpenAI>).returns.toEqualTypeOf<OpenAI>();
  t.pass();
});

test('types: the shorthand and the status', (t) => {
  expectTypeOf(registerPattern).toBeCallableWith({
    pattern: { model: 'gpt-4', temperature: { '>': 0.9 } },
    fix: { temperature: 0.7 },
  });
  expectTypeOf(registerPattern).returns.toEqualTypeOf<PatternDefinition>();
  expectTypeOf(status).returns.toEqualTypeOf<ArcStatus | undefined>();
  t.pass();
});

test('types: withArc takes and gives what Next.js calls a configuration', (t) => {
  /** The part of `NextConfig` that is narrower than a text, and what Arc completes. */
  interface NextConfig {
    output?: 'standalone' | 'export' | undefined;
    serverExternalPackages?: string[] | undefined;
    outputFileTracingIncludes?: Record<string, string[]> | undefined;
  }
  const config: NextConfig = {};
  expectTypeOf(withArc(config)).toExtend<NextConfig>();
  expectTypeOf(withArc({ output: 'standalone' })).toExtend<NextConfig>();
  t.pass();
});
