import fc from 'fast-check';
import type { RequestView } from '../../src/contract/request.js';

/** What a user asked, the calls the model made for it, step by step, and what it said at last. */
export interface Turn {
  readonly question: string;
  /** Each step makes some calls at once; of each call the length of its result. */
  readonly steps: readonly (readonly number[])[];
  readonly answer: string;
}

/** A conversation that every API takes. The last turn has no answer yet. */
export interface Conversation {
  readonly system: string;
  readonly turns: readonly Turn[];
}

const text = fc.integer({ min: 1, max: 60 }).map((length) => 'word '.repeat(length).trim());
const turn = fc.record({
  question: text,
  steps: fc.array(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 }), {
    maxLength: 4,
  }),
  answer: text,
});

/** Conversations of any length, with and without tools. */
export const conversations: fc.Arbitrary<Conversation> = fc.record({
  system: text,
  turns: fc.array(turn, { minLength: 1, maxLength: 7 }),
});

/** How an API writes a conversation. */
interface Form {
  readonly api: string;
  readonly provider: string;
  readonly question: (text: string) => object;
  readonly answer: (text: string) => object;
  readonly step: (calls: readonly { readonly id: string; readonly result: string }[]) => readonly object[];
  readonly request: (system: string, items: readonly object[]) => Readonly<Record<string, unknown>>;
}

const OPENAI: Form = {
  api: 'openai.chat.completions',
  provider: 'openai',
  question: (content) => ({ role: 'user', content }),
  answer: (content) => ({ role: 'assistant', content }),
  step: (calls) => [
    {
      role: 'assistant',
      content: null,
      tool_calls: calls.map(({ id }) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
    },
    ...calls.map(({ id, result }) => ({ role: 'tool', tool_call_id: id, content: result })),
  ],
  request: (content, messages) => ({
    model: 'gpt-4',
    messages: [{ role: 'system', content }, ...messages],
  }),
};

const RESPONSES: Form = {
  api: 'openai.responses',
  provider: 'openai',
  question: (content) => ({ role: 'user', content }),
  answer: (value) => ({
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text: value }],
  }),
  step: (calls) => [
    ...calls.map(({ id }) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}' })),
    ...calls.map(({ id, result }) => ({ type: 'function_call_output', call_id: id, output: result })),
  ],
  request: (instructions, input) => ({ model: 'gpt-4', instructions, input }),
};

const ANTHROPIC: Form = {
  api: 'anthropic.messages',
  provider: 'anthropic',
  question: OPENAI.question,
  answer: OPENAI.answer,
  step: (calls) => [
    { role: 'assistant', content: calls.map(({ id }) => ({ type: 'tool_use', id, name: 'f', input: {} })) },
    {
      role: 'user',
      content: calls.map(({ id, result }) => ({ type: 'tool_result', tool_use_id: id, content: result })),
    },
  ],
  request: (system, messages) => ({ model: 'claude-opus-4-1', max_tokens: 500, system, messages }),
};

const CONVERSE: Form = {
  api: 'aws.bedrock.converse',
  provider: 'aws.bedrock',
  question: (value) => ({ role: 'user', content: [{ text: value }] }),
  answer: (value) => ({ role: 'assistant', content: [{ text: value }] }),
  step: (calls) => [
    {
      role: 'assistant',
      content: calls.map(({ id }) => ({ toolUse: { toolUseId: id, name: 'f', input: {} } })),
    },
    {
      role: 'user',
      content: calls.map(({ id, result }) => ({
        toolResult: { toolUseId: id, content: [{ text: result }] },
      })),
    },
  ],
  request: (value, messages) => ({
    modelId: 'amazon.titan-text-lite-v1',
    system: [{ text: value }],
    messages,
  }),
};

const GOOGLE: Form = {
  api: 'google.generate_content',
  provider: 'gcp.gemini',
  question: (value) => ({ role: 'user', parts: [{ text: value }] }),
  answer: (value) => ({ role: 'model', parts: [{ text: value }] }),
  step: (calls) => [
    { role: 'model', parts: calls.map(() => ({ functionCall: { name: 'f', args: {} } })) },
    {
      role: 'user',
      parts: calls.map(({ result }) => ({ functionResponse: { name: 'f', response: { result } } })),
    },
  ],
  request: (value, contents) => ({
    model: 'gemma-3-1b-it',
    contents,
    systemInstruction: { parts: [{ text: value }] },
  }),
};

/** The forms a conversation can be written in. */
export const FORMS: readonly Form[] = [OPENAI, RESPONSES, ANTHROPIC, CONVERSE, GOOGLE];

/** A conversation as a request in one of the forms. */
export function written(form: Form, { system, turns }: Conversation): RequestView {
  const items = turns.flatMap(({ question, steps, answer }, index) => [
    form.question(question),
    ...steps.flatMap((results, step) =>
      form.step(
        results.map((length, call) => ({ id: `c${index}_${step}_${call}`, result: 'x'.repeat(length) })),
      ),
    ),
    ...(index < turns.length - 1 ? [form.answer(answer)] : []),
  ]);
  const params = form.request(system, items);
  const model = params['model'] ?? params['modelId'];
  return {
    provider: form.provider,
    operation: 'chat',
    api: form.api,
    model: typeof model === 'string' ? model : undefined,
    params,
  };
}
