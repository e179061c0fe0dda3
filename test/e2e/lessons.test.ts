import { join } from 'node:path';
import test from 'ava';
import type { Lesson } from '../../collector/store/store.js';
import { runProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';
import { waitUntil } from '../helpers/wait-until.js';
import { ARC, createWorld, getJson, program, readCall, REGISTER, waitForCalls } from './world.js';

const ASK = [...REGISTER, program('ask-tenant.cjs')];

test.serial(
  'lessons: what one process learned reaches Core, and by a pack of the user every other',
  async (t) => {
    const { page, models, env } = await createWorld(t);
    const arc = (...args: readonly string[]) =>
      runProgram(t, { args: [...ARC, ...args], env: { ...env, ARC_CORE_URL: page } });
    const first = await runProgram(t, { args: ASK, env: { ...env, ARC_HEAL: 'true' } });
    t.deepEqual([first.stderr, first.stdout], ['', 'answered gpt-4o\n']);
    const [lesson] = await waitUntil('the lesson', async () => {
      const { lessons } = await getJson<{ lessons: readonly Lesson[] }>(`${page}/api/lessons`);
      return lessons.length > 0 && lessons;
    });
    t.like(lesson, { times: 1, repaired: 0, services: ['shop'] });
    t.like(lesson?.example, { status: 400, message: 'Unrecognized request argument supplied: tenant' });
    const [call] = await waitForCalls(page, 1);
    t.is(call?.status, 'ok');
    t.is(lesson?.example.spanId, call?.spanId);

    const { stdout: yaml } = await arc('packs', 'learned', '--yaml');
    const file = join(tempDir(t, { 'learned.yaml': yaml }), 'learned.yaml');
    const added = await arc('packs', 'add', file);
    t.is(added.code, 0, added.stderr);
    const since = models.requests.length;
    const second = await runProgram(t, {
      args: ASK,
      env: { ...env, ARC_PACKS: file, ARC_CONTROL_URL: 'none' },
    });
    t.is(second.stdout, 'answered gpt-4o\n');
    t.deepEqual(
      models.requests.slice(since).map(({ status }) => status),
      [200],
      'repaired before it left, though this process does not heal',
    );
    const [latest] = await waitForCalls(page, 2);
    t.is(latest?.patternId, lesson?.patternId);
    t.is(latest && (await readCall(page, latest)).changes[0]?.before, 42);
  },
);
