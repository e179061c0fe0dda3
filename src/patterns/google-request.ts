import { isRecord, listOf, own } from './own.js';

/** Google's API for text, by REST and by its SDK. */
export const GOOGLE_GENERATE = 'google.generate_content';
/** Google's API for vectors. */
export const GOOGLE_EMBED = 'google.embed_content';

/** Where the REST body keeps what the SDK writes into `config` beside everything else. */
const SETTINGS = 'generationConfig';

const snakes = new Map<string, string>();

/** Google's REST API takes every name in snake case too. Names are few: those the source and packs write. */
function snakeOf(name: string): string {
  let snake = snakes.get(name);
  if (snake === undefined) {
    snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (snakes.size < 4_096) snakes.set(name, snake);
  }
  return snake;
}

/**
 * The name a field has in this object: as given, or in snake case where only that is there.
 * @example keyIn({ system_instruction: 'Rhyme.' }, 'systemInstruction') // 'system_instruction'
 */
export function keyIn(object: unknown, name: string): string {
  if (own(object, name) !== undefined) return name;
  const snake = snakeOf(name);
  return own(object, snake) === undefined ? name : snake;
}

/** A field of Google's by its name in camel case, in either spelling. */
export function googleField(object: unknown, name: string): unknown {
  const value = own(object, name);
  return value === undefined ? own(object, snakeOf(name)) : value;
}

/** True for the SDK's form, `{ model, contents, config }`; the REST body has no `config`. */
export function isSdkForm(params: unknown): boolean {
  return isRecord(own(params, 'config'));
}

/** The path to the object that holds tools, instructions and safety settings. */
export function requestPath(params: unknown): readonly string[] {
  return isSdkForm(params) ? ['config'] : [];
}

/** The object that holds tools, instructions and safety settings. */
export function requestOf(params: unknown): unknown {
  return isSdkForm(params) ? own(params, 'config') : params;
}

/** The object that holds temperature, limits and the form of the answer. */
export function settingsOf(params: unknown): unknown {
  return isSdkForm(params) ? own(params, 'config') : googleField(params, SETTINGS);
}

/** The contents of a request, or an empty list where they are one text or one object. */
export function contentsOf(params: unknown): readonly unknown[] {
  return listOf(own(params, 'contents'));
}

/** The parts of a content, or an empty list. */
export function partsOf(content: unknown): readonly unknown[] {
  return listOf(own(content, 'parts'));
}

/** Whether a path leads into the settings, which stand elsewhere in the SDK's form. */
export function isSettingsPath(path: readonly string[]): boolean {
  return path[0] === SETTINGS;
}

/**
 * Where a path of the REST body leads in this request: into `config` in the SDK's form, and by the spelling that is there.
 * Every other path comes back as it is.
 * @example placeIn({ config: {} }, ['generationConfig', 'topK']) // ['config', 'topK']
 */
export function placeIn(params: unknown, path: readonly string[]): readonly string[] {
  if (!isSettingsPath(path)) return path;
  let object = settingsOf(params);
  const place = [isSdkForm(params) ? 'config' : keyIn(params, SETTINGS)];
  for (const name of path.slice(1)) {
    const key = keyIn(object, name);
    place.push(key);
    object = own(object, key);
  }
  return place;
}

/** Everywhere a path into the settings may lead: in the REST body or the SDK's form, and in either spelling. */
export function settingsPlaces([, ...inner]: readonly string[]): readonly (readonly string[])[] {
  const [name] = inner;
  return [SETTINGS, snakeOf(SETTINGS), 'config'].flatMap((object) =>
    name === undefined ? [[object]] : [...new Set([name, snakeOf(name)])].map((key) => [object, key]),
  );
}

/** The value at a path into the settings, wherever this request keeps them. */
export function readSetting(params: unknown, path: readonly string[]): unknown {
  let value = settingsOf(params);
  for (let index = 1; index < path.length && value !== undefined; index += 1)
    value = googleField(value, path[index] ?? '');
  return value;
}
