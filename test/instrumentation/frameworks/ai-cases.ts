import type { AiPrograms } from './ai-programs.js';
import { outcome } from './spans.js';

/** A way to use the AI SDK. */
export interface AiCase {
  readonly name: string;
  readonly run: (programs: AiPrograms) => Promise<unknown>;
  /** Names of the spans, in the order they end. */
  readonly spans: readonly string[];
}

export const prompt = 'Hello there';
const agent = 'invoke_agent gpt-4o';
/** The span of a call of the model. */
export const call = 'chat gpt-4o';

type Options = Readonly<Record<string, unknown>>;

const generate = async ({ ai, chat }: AiPrograms, options: Options): Promise<string> =>
  (await ai.generateText({ model: chat('gpt-4o'), prompt, ...options })).text;
const stream = ({ ai, chat }: AiPrograms, options: Options = {}): Promise<string> =>
  collect(ai.streamText({ model: chat('gpt-4o'), prompt, onError: () => undefined, ...options }).textStream);
const loopOf = ({ ai }: AiPrograms, tools: Options): Options => ({ tools, stopWhen: ai.stepCountIs(3) });
const claude = (programs: AiPrograms): Options => ({
  model: programs.claude('claude-sonnet-4-6'),
  maxOutputTokens: 64,
});

/** Every way that is tested, in every major. */
export const AI_CASES: readonly AiCase[] = [
  {
    name: 'generateText by chat completions',
    run: (programs) => generate(programs, {}),
    spans: [call, agent],
  },
  {
    name: 'generateText by responses',
    run: (programs) => generate(programs, { model: programs.responses('gpt-4o') }),
    spans: [call, agent],
  },
  {
    name: 'generateText by Anthropic',
    run: (programs) => generate(programs, claude(programs)),
    spans: ['chat claude-sonnet-4-6', 'invoke_agent claude-sonnet-4-6'],
  },
  { name: 'streamText by chat completions', run: (programs) => stream(programs), spans: [call, agent] },
  {
    name: 'streamText by responses',
    run: (programs) => stream(programs, { model: programs.responses('gpt-4o') }),
    spans: [call, agent],
  },
  {
    name: 'streamText by Anthropic',
    run: (programs) => stream(programs, claude(programs)),
    spans: ['chat claude-sonnet-4-6', 'invoke_agent claude-sonnet-4-6'],
  },
  {
    name: 'generateObject',
    run: async ({ ai, chat, schema }) =>
      (await ai.generateObject({ model: chat('gpt-4o'), prompt, schema })).object,
    spans: [call],
  },
  {
    name: 'streamObject',
    run: async ({ ai, chat, schema }) => {
      const parts: unknown[] = [];
      const { partialObjectStream } = ai.streamObject({ model: chat('gpt-4o'), prompt, schema });
      for await (const part of partialObjectStream) parts.push(part);
      return parts;
    },
    spans: [call],
  },
  {
    name: 'generateText with an output schema',
    run: async ({ ai, chat, schema, output }) => {
      const options = { model: chat('gpt-4o'), prompt, [output]: ai.Output.object({ schema }) };
      return Reflect.get(await ai.generateText(options), output) as unknown;
    },
    spans: [call, agent],
  },
  {
    name: 'a loop of tools',
    run: (programs) => generate(programs, loopOf(programs, { weather: programs.weather })),
    spans: [call, 'execute_tool weather', call, agent],
  },
  {
    name: 'a streamed loop of tools',
    run: (programs) => stream(programs, loopOf(programs, { weather: programs.weather })),
    spans: [call, 'execute_tool weather', call, agent],
  },
  {
    name: 'a loop of tools by responses',
    run: (programs) =>
      generate(programs, {
        ...loopOf(programs, { weather: programs.weather }),
        model: programs.responses('gpt-4o'),
      }),
    spans: [call, 'execute_tool weather', call, agent],
  },
  {
    name: 'a tool that throws',
    run: (programs) => generate(programs, loopOf(programs, { broken: programs.broken })),
    spans: [call, 'execute_tool broken', call, agent],
  },
  {
    name: 'an agent with a name',
    run: async ({ agentClass, chat, telemetry }) => {
      const planner = new agentClass({ model: chat('gpt-4o'), [telemetry]: { functionId: 'planner' } });
      return (await planner.generate({ prompt })).text;
    },
    spans: [call, 'invoke_agent planner'],
  },
  {
    name: 'an agent streamed',
    run: async (programs) => {
      const options = { model: programs.chat('gpt-4o'), ...loopOf(programs, { weather: programs.weather }) };
      const result = await new programs.agentClass(options).stream({ prompt });
      return collect((result as { readonly textStream: AsyncIterable<string> }).textStream);
    },
    spans: [call, 'execute_tool weather', call, agent],
  },
  {
    name: 'a refused request',
    run: (programs) => outcome(generate(programs, { temperature: 9, maxRetries: 0 })),
    spans: [call, agent],
  },
  {
    name: 'a refused stream',
    run: (programs) => outcome(stream(programs, { temperature: 9, maxRetries: 0 })),
    spans: [call, agent],
  },
  {
    name: 'a request that is tried again',
    run: (programs) =>
      generate(programs, { headers: { 'x-model-server': `status=503 times=1 key=${Math.random()}` } }),
    spans: [call, call, agent],
  },
  {
    name: 'telemetry switched off by the program',
    run: (programs) => generate(programs, { [programs.telemetry]: { isEnabled: false } }),
    spans: [call],
  },
  {
    name: 'an aborted request',
    run: (programs) => outcome(generate(programs, { abortSignal: AbortSignal.abort(), maxRetries: 0 })),
    spans: [call, agent],
  },
];

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let seen = '';
  for await (const piece of pieces) seen += piece;
  return seen;
}
