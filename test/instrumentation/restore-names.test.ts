import test from 'ava';
import { renamedTools, restoreNames } from '../../src/instrumentation/restore-names.js';

const names = new Map([['git_hub_list', 'git.hub/list']]);

/** The answer afterwards. */
function restored(answer: object): object {
  restoreNames(answer, names);
  return answer;
}

test('restoreNames: tool calls of every shape get the name the caller gave', (t) => {
  const call = {
    id: 'a',
    type: 'function',
    function: { name: 'git_hub_list', arguments: '{"name":"git_hub_list"}' },
  };
  t.deepEqual(restored({ choices: [{ message: { content: null, tool_calls: [call] } }] }), {
    choices: [
      {
        message: {
          content: null,
          tool_calls: [{ ...call, function: { ...call.function, name: 'git.hub/list' } }],
        },
      },
    ],
  });
  t.deepEqual(
    restored({ type: 'content_block_start', content_block: { type: 'tool_use', name: 'git_hub_list' } }),
    {
      type: 'content_block_start',
      content_block: { type: 'tool_use', name: 'git.hub/list' },
    },
  );
  t.deepEqual(restored({ response: { output: [{ type: 'function_call', name: 'git_hub_list' }] } }), {
    response: { output: [{ type: 'function_call', name: 'git.hub/list' }] },
  });
});

test('restoreNames: other names, and answers that are no objects, stay', (t) => {
  t.deepEqual(restored({ name: 'other', text: 'git_hub_list' }), { name: 'other', text: 'git_hub_list' });
  t.notThrows(() => restoreNames(undefined, names));
  t.notThrows(() => restoreNames('git_hub_list', names));
  const cyclic: Record<string, unknown> = { name: 'git_hub_list' };
  cyclic['self'] = cyclic;
  restoreNames(cyclic, names);
  t.is(cyclic['name'], 'git.hub/list');
});

test('renamedTools: names of offered tools, wherever the API lists them', (t) => {
  const change = (path: string): object => ({ path, before: `${path}!`, after: path });
  const changes = [
    'tools.0.function.name',
    'tools.1.name',
    'config.tools.0.functionDeclarations.2.name',
    'toolConfig.tools.0.toolSpec.name',
    'messages.0.tool_calls.0.function.name',
    'tools.0.function.parameters.title',
  ].map(change) as Parameters<typeof renamedTools>[0];
  t.deepEqual(
    [...(renamedTools(changes) ?? [])].map(([now]) => now),
    changes.slice(0, 4).map(({ path }) => path),
  );
  t.is(renamedTools([]), undefined);
});
