import type * as Yaml from 'yaml';
import type { PatternDefinition } from '../contract/pattern.js';

/** Longer texts are folded by nobody who reads them again. */
const WIDTH = 0;

/** Loaded when the first text is written: most commands write none. */
function yaml(): typeof Yaml {
  return require('yaml') as typeof Yaml;
}

/** The beginning of a pack in YAML; the patterns follow. */
export function packHeadYaml(name: string, version: string): string {
  return `${yaml().stringify({ pack: name, version }, { lineWidth: WIDTH })}patterns:\n`;
}

/** A pattern as an item of the list of a pack in YAML. */
export function patternYaml(pattern: PatternDefinition): string {
  return yaml()
    .stringify([pattern], { lineWidth: WIDTH })
    .replace(/^(?=.)/gm, '  ');
}
