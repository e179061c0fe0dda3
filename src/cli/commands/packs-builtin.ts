import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../contract/package-info.js';
import { loadBuiltinPacks } from '../../instrumentation/packs/builtin-packs.js';
import { createPackHolder } from '../../patterns/pack-holder.js';
import { readPackText } from '../../patterns/parse-pack.js';
import { patternYaml } from '../../patterns/yaml-text.js';
import type { CommandContext } from '../command.js';
import { plural } from '../plural.js';
import { readPackFile } from './pack-files.js';

const FOLDER = join(PACKAGE_ROOT, 'packs');

/** The sources of the packs that ship with Arc. */
export function builtinFiles(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(FOLDER, name));
}

/** Lists the packs that ship with Arc, and their patterns one by one when they are asked for. */
export function listBuiltin(
  { json, patterns }: { readonly json?: boolean; readonly patterns?: boolean },
  { stdout }: CommandContext,
): boolean {
  const holder = createPackHolder();
  const packs = loadBuiltinPacks(holder);
  if (patterns) {
    const definitions = [...holder.definitions()];
    if (json) stdout(JSON.stringify(definitions, null, 2));
    else
      for (const { id, version, description = '' } of definitions)
        stdout(`${`${id}@${version}`.padEnd(56)} ${description}`);
    return true;
  }
  if (json) stdout(JSON.stringify(packs, null, 2));
  else
    for (const { name, version, patterns: count } of packs)
      stdout(`${name.padEnd(24)} ${version.padEnd(10)} ${plural(count, 'pattern')}`);
  return true;
}

/** The source of a pack that ships with Arc, or one of its patterns as YAML; undefined when neither has that name. */
export function builtinText(name: string): string | undefined {
  for (const file of builtinFiles()) {
    const text = readPackFile(file);
    const { pack } = readPackText(text, file);
    if (pack.name === name) return text;
    const pattern = pack.patterns.find(({ id }) => id === name);
    if (pattern === undefined) continue;
    const { id, version, description, ...rest } = pattern; // what people look for first
    return patternYaml({ id, version, ...(description !== undefined && { description }), ...rest });
  }
  return undefined;
}
