// Writes the option tables of README.md from the code's own tables; with --check, says whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { format, resolveConfig } from 'prettier';

const require = createRequire(import.meta.url);
const { OPTIONS } = require('../dist/src/contract/options.js');
const { CORE_OPTIONS } = require('../dist/collector/config.js');
const file = new URL('../README.md', import.meta.url).pathname;

const isNone = (value) =>
  value === undefined || value.length === 0 || (typeof value === 'object' && Object.keys(value).length === 0);
const shown = (value) => (isNone(value) ? 'none' : `\`${value}\``);
const escape = (text) => text.replaceAll('|', '\\|');

const arc = [
  ['variable', 'in code', 'default', 'unit', ''],
  ['---', '---', '---', '---', '---'],
  ['`ARC_DISABLE`', '', 'none', '1 or true', 'Load nothing at all.'],
  ...OPTIONS.map(({ key, env, fallback, unit, doc }) => [
    `\`${env}\``,
    `\`${key}\``,
    shown(fallback),
    unit,
    doc,
  ]),
];
const core = [
  ['flag', 'variable', 'default', ''],
  ['---', '---', '---', '---'],
  ...CORE_OPTIONS.map(({ flag, env, fallback, doc }) => [`\`${flag}\``, `\`${env}\``, shown(fallback), doc]),
];
const render = (rows) => rows.map((cells) => `| ${cells.map(escape).join(' | ')} |`).join('\n');

function fill(text, name, rows) {
  const block = new RegExp(`(<!-- ${name}: [^>]*-->)[^]*?(<!-- /${name} -->)`);
  if (!block.test(text)) throw new Error(`README.md: the markers of ${name} are missing`);
  return text.replace(block, (_, open, close) => `${open}\n\n${render(rows)}\n\n${close}`);
}

const before = readFileSync(file, 'utf8');
const options = { ...(await resolveConfig(file)), parser: 'markdown' };
const after = await format(fill(fill(before, 'options', arc), 'core-options', core), options);

if (!process.argv.includes('--check')) writeFileSync(file, after);
else if (after !== before) {
  console.error('README.md: the option tables are not those of the code; run `npm run docs:options`');
  process.exitCode = 1;
}
