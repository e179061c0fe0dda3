import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../contract/package-info.js';
import { loadBuiltinPacks } from '../../instrumentation/packs/builtin-packs.js';
import { createPackHolder } from '../../patterns/pack-holder.js';
import { packHeadYaml, patternYaml } from '../../patterns/yaml-text.js';
import type { PatternDefinition } from '../../contract/pattern.js';
import type { CommandContext } from '../command.js';
import { plural } from '../plural.js';

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

/** A pack that ships with Arc, or one of its patterns, as YAML; undefined when neither has that name. */
export function builtinText(name: string): string | undefined {
  const holder = createPackHolder();
  const packs = loadBuiltinPacks(holder);
  const pattern = holder.find(name);
  if (pattern) return textOf(pattern);
  const pack = packs.find((each) => each.name === name);
  if (pack === undefined) return undefined;
  for (const other of packs) if (other !== pack) holder.remove(other.name);
  return packHeadYaml(name, pack.version) + [...holder.definitions()].map(textOf).join('');
}

/** What people look for stands first. */
function textOf({ id, version, description, ...rest }: PatternDefinition): string {
  return patternYaml({ id, version, ...(description !== undefined && { description }), ...rest });
}
