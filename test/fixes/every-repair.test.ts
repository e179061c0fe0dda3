import test from 'ava';
import { REPAIRS } from '../../src/contract/repairs.js';
import type { RequestView } from '../../src/contract/request.js';
import type { Fields } from '../../src/fixes/copy.js';
import { repairMessages } from '../../src/fixes/messages.js';
import { repairParameters } from '../../src/fixes/parameters.js';
import { repairTools } from '../../src/fixes/tools.js';
import { roleOf } from '../../src/patterns/conversation.js';
import { deepFreeze } from './freeze.js';
import { generateChat } from './generate-chat.js';
import { generateGoogle } from './generate-google-request.js';
import { type Dice, createDice, generateRequest } from './generate-request.js';
import { generateResponse } from './generate-response.js';
import { generateStrange } from './generate-strange.js';
import { generateBlocks } from './repairs/generate-blocks.js';

type Repair = (api: string, params: Fields) => Fields;

/** What runs the repairs of each operation; the names are those of the table, so that none is forgotten. */
const RUNNERS: { readonly [operation: string]: (name: string) => Repair } = {
  messages: (name) => (api, params) => repairMessages(api, params, name as never),
  tools: (name) => (api, params) => repairTools(api, params, name as never),
  parameters: (name) => (api, params) => repairParameters(api, params, name as never),
};

/** Requests that repairs are made for, and others that no repair expects. */
const GENERATORS: readonly ((dice: Dice) => RequestView)[] = [
  generateRequest,
  generateBlocks,
  generateGoogle,
  generateResponse,
  generateChat,
  (dice) => generateStrange(dice, dice.pick(GENERATORS.slice(0, 5))(dice)),
];
const SEEDS = 200;
/** Lists of messages, contents, parts and tools; in schemas a new list may well hold what another one held. */
const MAX_LIST_DEPTH = 3;

const VIEWS: readonly RequestView[] = GENERATORS.flatMap((generate) =>
  Array.from({ length: SEEDS }, (_, seed) => deepFreeze(generate(createDice(seed)))),
);

const harmless = test.macro({
  exec(t, repair: Repair) {
    for (const { api, params } of VIEWS) {
      const said = (what: string): string => `${what}: ${api} ${show(params)}`;
      let next: Fields;
      try {
        next = repair(api, params);
        if (repair(api, next) !== next) return t.fail(said(`again, after ${show(next)}`));
      } catch (error) {
        // What contains itself cannot be sent; that nobody can write it as JSON is all a repair may say of it.
        if (!isJson(params) && /circular/.test(String(error))) continue;
        return t.fail(said(String(error)));
      }
      if (next === params) continue;
      if (isSame(next, params)) return t.fail(said('another object, and nothing changed'));
      const copied = copiedIn(params, next);
      if (copied !== undefined) return t.fail(said(`copied ${show(copied)}`));
    }
    t.pass();
  },
  title: (name) => `repair ${name}: pure, settled at once, and what it leaves alone is the same object`,
});

for (const [operation, names] of Object.entries(REPAIRS))
  for (const name of Object.keys(names))
    test(`${operation}.${name}`, harmless, (api, params) => RUNNERS[operation]?.(name)(api, params) ?? {});

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

/** JSON, also of what contains itself. */
function show(value: unknown): string {
  const open: unknown[] = [];
  const text = JSON.stringify(value, function (this: unknown, _key, member: unknown) {
    while (open.length > 0 && open.at(-1) !== this) open.pop();
    if (typeof member !== 'object' || member === null) return member;
    if (open.includes(member)) return '(itself)';
    open.push(member);
    return member;
  });
  return text ?? 'undefined';
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || show(one) === show(other);
}

/** A sub-object that is a copy of the one in its place, or of one in the list it stands in. */
function copiedIn(before: unknown, after: unknown, depth = 0): unknown {
  if (before === after || !isObject(before) || !isObject(after) || depth > 8) return undefined;
  if (depth > 0 && isSame(before, after)) return after;
  if (Array.isArray(before) && Array.isArray(after)) return copiedItem(before, after, depth);
  for (const key of Object.keys(after)) {
    const found = copiedIn(Reflect.get(before, key), Reflect.get(after, key), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function copiedItem(before: readonly unknown[], after: readonly unknown[], depth: number): unknown {
  const gone = before.filter((item) => !after.includes(item)).map(show);
  const copies: unknown[] = [];
  for (const [index, item] of after.entries()) {
    if (!isObject(item) || before.includes(item)) continue;
    if (depth <= MAX_LIST_DEPTH && gone.includes(show(item))) copies.push(item);
    const isMoved = before.length !== after.length || after.includes(before[index]);
    const isInPlace = !isMoved && roleOf(before[index]) === roleOf(item);
    const found = isInPlace ? copiedIn(before[index], item, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  // Two items that became one may be what one of them was.
  return copies.length > before.length - after.length ? copies[0] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
