import test from 'ava';
import { ADAPTERS } from '../../src/instrumentation/adapters/registry.js';
import type { SdkTarget } from '../../src/instrumentation/adapters/adapter.js';
import { messageFaults, partFaults, toolFaults } from '../golden/message-schema.js';
import { REQUESTS } from '../golden/message-requests.js';

function targetOf(api: string): SdkTarget {
  const target = ADAPTERS.flatMap(({ targets }) => targets).find((candidate) => candidate.api === api);
  if (!target) throw new Error(`no adapter has ${api}`);
  return target;
}

for (const [api, params] of Object.entries(REQUESTS)) {
  test(`requests of ${api}: messages, instructions and tools have the form of the schemas`, (t) => {
    const content = targetOf(api).requestContent({ model: 'm', ...params });
    const { inputMessages, systemInstructions, toolDefinitions } = content;
    t.deepEqual(messageFaults(inputMessages), []);
    t.deepEqual(systemInstructions === undefined ? [] : partFaults(systemInstructions), []);
    t.deepEqual(toolDefinitions === undefined ? [] : toolFaults(toolDefinitions), []);
    t.notRegex(JSON.stringify([inputMessages, systemInstructions]), /c2VjcmV0/, 'no bytes of files');
  });
}

/** The pieces of a tool's arguments, and what they make. */
const PIECES = ['{"at"', ':1}'];
const LOOKED = { type: 'tool_call', id: 'c1', name: 'look', arguments: { at: 1 } };
const THOUGHT = { type: 'reasoning', content: 'Hm, well.' };
const SAID = { type: 'text', content: 'The Rhine.' };

/** Streams with all a model may answer, and the messages they make. */
const STREAMS: Readonly<Record<string, readonly [chunks: readonly unknown[], messages: readonly unknown[]]>> =
  {
    'openai.chat.completions': [
      [
        { choices: [{ index: 0, delta: { role: 'assistant', reasoning_content: 'Hm, ' } }] },
        { choices: [{ index: 0, delta: { reasoning_content: 'well.' } }] },
        { choices: [{ index: 1, delta: { content: 'The ' } }] },
        { choices: [{ index: 1, delta: { content: 'Rhine.' } }] },
        {
          choices: [
            { index: 0, delta: { tool_calls: [{ index: 0, id: 'c1', function: { name: 'look' } }] } },
          ],
        },
        ...PIECES.map((piece) => ({
          choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: piece } }] } }],
        })),
        { choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] },
        { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
      ],
      [
        { role: 'assistant', parts: [THOUGHT, LOOKED], finish_reason: 'tool_calls' },
        { role: 'assistant', parts: [SAID], finish_reason: 'stop' },
      ],
    ],
    'anthropic.messages': [
      [
        { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm, well.' } },
        { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'The Rhine.' } },
        {
          type: 'content_block_start',
          index: 2,
          content_block: { type: 'tool_use', id: 'c1', name: 'look', input: {} },
        },
        ...PIECES.map((piece) => ({
          type: 'content_block_delta',
          index: 2,
          delta: { type: 'input_json_delta', partial_json: piece },
        })),
        { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
      ],
      [{ role: 'assistant', parts: [THOUGHT, SAID, LOOKED], finish_reason: 'tool_use' }],
    ],
    'aws.bedrock.converse': [
      [
        { contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm, well.' } } } },
        { contentBlockDelta: { contentBlockIndex: 1, delta: { text: 'The Rhine.' } } },
        {
          contentBlockStart: { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'c1', name: 'look' } } },
        },
        ...PIECES.map((piece) => ({
          contentBlockDelta: { contentBlockIndex: 2, delta: { toolUse: { input: piece } } },
        })),
        { messageStop: { stopReason: 'tool_use' } },
      ],
      [{ role: 'assistant', parts: [THOUGHT, SAID, LOOKED], finish_reason: 'tool_use' }],
    ],
  };

for (const [api, [chunks, messages]] of Object.entries(STREAMS)) {
  test(`streams of ${api}: thoughts, texts and tool calls are put together, choice by choice`, (t) => {
    const reader = targetOf(api).streamReader(true);
    for (const chunk of chunks) reader.chunk(chunk);
    const { output, finishReasons } = reader.result();
    t.deepEqual(output?.(), messages);
    t.deepEqual(messageFaults(messages), []);
    t.deepEqual(
      finishReasons,
      messages.map((message) => (message as { readonly finish_reason: string }).finish_reason),
    );
  });
}

test('streams of openai.chat.completions: a choice that never ends is an error among the reasons', (t) => {
  const reader = targetOf('openai.chat.completions').streamReader(false);
  reader.chunk({ choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] });
  reader.chunk({ choices: [{ index: 1e9, delta: {}, finish_reason: 'stop' }] });
  t.deepEqual(reader.result().finishReasons, ['error', 'stop']);
  t.deepEqual(reader.result().output?.(), []);
});
