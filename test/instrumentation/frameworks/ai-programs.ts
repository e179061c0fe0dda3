import type { Rig } from '../../helpers/rig.js';
import { loadFramework, loadRelease } from './modules.js';

/** The part of the Vercel AI SDK that is used here. */
export interface AiSdk {
  generateText(options: unknown): Promise<{ readonly text: string; readonly output: unknown }>;
  streamText(options: unknown): { readonly textStream: AsyncIterable<string> };
  generateObject(options: unknown): Promise<{ readonly object: unknown }>;
  streamObject(options: unknown): { readonly partialObjectStream: AsyncIterable<unknown> };
  tool(definition: unknown): unknown;
  stepCountIs(count: number): unknown;
  readonly ToolLoopAgent?: AgentClass;
  readonly Experimental_Agent?: AgentClass;
  readonly Output: { object(options: unknown): unknown };
}
type AgentClass = new (options: unknown) => {
  generate(options: unknown): Promise<{ readonly text: string }>;
  stream(options: unknown): unknown;
};
type Model = (name: string) => unknown;

/** A major of the AI SDK. */
export interface Release {
  readonly major: 5 | 6 | 7;
  /** Loads a package of this release by its name. */
  readonly load: (name: string) => unknown;
  /** The option for telemetry settings. */
  readonly telemetry: 'telemetry' | 'experimental_telemetry';
  /** The option for a schema of the answer, and the field that has it. */
  readonly output: 'output' | 'experimental_output';
}

/** Every major that is tested. */
export const RELEASES: readonly Release[] = [
  { major: 5, load: ofRelease('ai5'), telemetry: 'experimental_telemetry', output: 'experimental_output' },
  { major: 6, load: ofRelease('ai6'), telemetry: 'experimental_telemetry', output: 'output' },
  { major: 7, load: loadFramework, telemetry: 'telemetry', output: 'output' },
];

/** `ai5` stands for `ai5`, `ai5-openai` and `ai5-anthropic`. */
function ofRelease(alias: string): (name: string) => unknown {
  return (name) => {
    const [, provider] = /^@ai-sdk\/(.+)$/.exec(name) ?? [];
    return loadRelease(provider === undefined ? alias : `${alias}-${provider}`, name);
  };
}

/** Programs with the AI SDK, against the model server of a rig. */
export interface AiPrograms extends Release {
  readonly ai: AiSdk;
  readonly agentClass: AgentClass;
  readonly chat: Model;
  readonly responses: Model;
  readonly claude: Model;
  readonly weather: unknown;
  readonly broken: unknown;
  readonly schema: unknown;
}

/** Loads a release; under the instrumentation, if the rig is there. */
export function loadAi(release: Release, { models }: Rig): AiPrograms {
  Reflect.set(globalThis, 'AI_SDK_LOG_WARNINGS', false);
  const ai = release.load('ai') as AiSdk;
  type Provider = Model & { chat: Model };
  const { createOpenAI } = release.load('@ai-sdk/openai') as { createOpenAI: (options: unknown) => Provider };
  const { createAnthropic } = release.load('@ai-sdk/anthropic') as {
    createAnthropic: (options: unknown) => Provider;
  };
  const { z } = loadFramework('zod') as { z: { object(shape: unknown): unknown; string(): unknown } };
  const openai = createOpenAI({ baseURL: models.openaiBaseUrl, apiKey: 'none' });
  const schema = z.object({ city: z.string() });
  const tool = (execute: (input: { city: string }) => string): unknown =>
    ai.tool({ description: 'The weather of a city.', inputSchema: schema, execute });
  const agentClass = ai.ToolLoopAgent ?? ai.Experimental_Agent;
  if (!agentClass) throw new Error(`ai ${release.major} has no class for agents`);
  return {
    ...release,
    ai,
    agentClass,
    chat: (name) => openai.chat(name),
    responses: openai,
    claude: createAnthropic({ baseURL: `${models.anthropicBaseUrl}/v1`, apiKey: 'none' }),
    weather: tool(({ city }) => `sunny in ${city}`),
    broken: tool(() => {
      throw new RangeError('no weather today');
    }),
    schema,
  };
}
