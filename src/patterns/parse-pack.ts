import { PackError, type PackProblem } from '../contract/errors.js';
import type { PackDefinition } from '../contract/pattern.js';
import { checkPack } from './check-pack.js';
import { formatPath } from './report.js';
import { serializePack } from './serialize-pack.js';
import { readYaml, type YamlDocument } from './yaml-document.js';

export { serializePack };

/**
 * Reads a pack from YAML or JSON: `{ pack, version, patterns }`, one pattern, or a list of patterns, each in full form or
 * as `{ pattern, fix }`. Without a name of its own the pack is called like its file.
 * @param file - name of the source, for the messages and for the pack's name.
 * @throws {PackError} with everything that is wrong, in the order of the text.
 * @example parsePack('{pattern: {model: gpt-4}, fix: {temperature: 0.7}}', 'house.yaml').name // 'house'
 */
export function parsePack(text: string, file: string): PackDefinition {
  return readCanonical(text) ?? readPackText(text, file).pack;
}

/** A pack with the document it was written in, whose parts are where the pack's are. */
export interface PackText {
  readonly pack: PackDefinition;
  readonly document: YamlDocument;
}

/**
 * Reads a pack as {@link parsePack} does and keeps the document, for what the pack itself leaves out: tests and positions.
 * @throws {PackError} with everything that is wrong, in the order of the text.
 */
export function readPackText(text: string, file: string): PackText {
  const document = readYaml(text, file);
  if (document.problems.length > 0) throw new PackError(document.problems);
  const problems: PackProblem[] = [];
  const pack = checkPack(document.value, packNameOf(file), (path, message, at = 'value') => {
    problems.push({ position: document.locate(path, at), field: formatPath(path), message });
  });
  if (pack === undefined) throw new PackError(problems.sort(byPosition));
  return { pack, document };
}

/**
 * Reads the normal form without building a YAML tree, which for a large pack takes a hundred times longer. Any other text
 * takes the long way: only that can say where a problem stands and notice a key written twice.
 */
function readCanonical(text: string): PackDefinition | undefined {
  if (!text.startsWith('{"pack":')) return undefined;
  try {
    const pack = checkPack(JSON.parse(text), '', () => undefined);
    return pack !== undefined && serializePack(pack) === text ? pack : undefined;
  } catch {
    return undefined;
  }
}

/** Name of a pack that states none: its file's, made to fit the rule for names. */
export function packNameOf(file: string): string {
  const base = file.split(/[\\/]/).at(-1) ?? '';
  const words = base
    .replace(/(?!^)\.[^.]*$/, '')
    .toLowerCase()
    .split(/([^a-z0-9]+)/);
  const name = words.map((word, index) => (index % 2 === 0 ? word : word === '.' ? '.' : '-')).join('');
  return name.replace(/^[.-]+|[.-]+$/g, '').slice(0, 128) || 'pack';
}

function byPosition(a: PackProblem, b: PackProblem): number {
  return a.position.line - b.position.line || a.position.column - b.position.column;
}
