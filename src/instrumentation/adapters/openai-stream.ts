import { noFacts, type ResponseFacts, type StreamReader } from './adapter.js';
import { openaiOutput } from './openai-content.js';
import { readEnvelope, readUsage } from './openai-usage.js';
import { integer, isRecord, list, record, text, type UnknownRecord } from './shape.js';

/** One choice as it grows. */
interface Growing {
  content: string;
  reasoning: string;
  refusal: string | undefined;
  reason: string | undefined;
  readonly calls: { id: unknown; function: { name: unknown; arguments: string } }[];
}

/** OpenAI's own limit of `n`; a server that counts further is not followed. */
const MAX_CHOICES = 128;

/**
 * Follows the chunks of a chat completion. The envelope is the same on every chunk; usage, if asked for, comes with the
 * last. What the choices say is only gathered when content is captured.
 */
export function chatStreamReader(captureContent: boolean): StreamReader {
  const facts = noFacts();
  const choices: Growing[] = [];
  return {
    chunk(value) {
      const chunk = record(value);
      if (facts.id === undefined) readEnvelope(chunk, facts);
      readUsage(chunk['usage'], facts);
      for (const choice of list(chunk['choices'])) {
        if (!isRecord(choice)) continue;
        noteReason(choice, facts);
        if (captureContent) grow(choices, choice);
      }
    },
    result() {
      facts.output = () => openaiOutput(choices.filter((choice) => choice !== undefined).map(toChoice));
      return facts;
    },
  };
}

/** Choices end in any order; their reasons are told in the order of the choices. */
function noteReason(choice: UnknownRecord, facts: ResponseFacts): void {
  const reason = text(choice['finish_reason']);
  if (reason === undefined) return;
  const reasons = (facts.finishReasons ??= []);
  const index = integer(choice['index']) ?? reasons.length;
  if (index > MAX_CHOICES) return;
  while (reasons.length < index) reasons.push('error'); // stands in until that choice ends
  reasons[index] = reason;
}

function grow(choices: Growing[], { index, delta, finish_reason: reason }: UnknownRecord): void {
  const { content, reasoning, reasoning_content: thoughts, refusal, tool_calls: calls } = record(delta);
  const choice = (choices[integer(index) ?? 0] ??= {
    content: '',
    reasoning: '',
    refusal: undefined,
    reason: undefined,
    calls: [],
  });
  choice.content += text(content) ?? '';
  choice.reasoning += text(thoughts) ?? text(reasoning) ?? '';
  if (typeof refusal === 'string') choice.refusal = (choice.refusal ?? '') + refusal;
  choice.reason = text(reason) ?? choice.reason;
  for (const call of list(calls)) growCall(choice.calls, record(call));
}

/** The first piece of a call has its id and name, the others pieces of its arguments. */
function growCall(calls: Growing['calls'], { index, id, function: called }: UnknownRecord): void {
  const { name, arguments: args } = record(called);
  const call = (calls[integer(index) ?? calls.length] ??= { id, function: { name, arguments: '' } });
  call.function.arguments += text(args) ?? '';
}

function toChoice({ content, reasoning, refusal, reason, calls }: Growing) {
  const tool_calls = calls.filter((call) => call !== undefined);
  return { message: { role: 'assistant', reasoning, content, refusal, tool_calls }, finish_reason: reason };
}
