// Writes what the tables of the pattern language say: the schema for editors and the tables of docs/PATTERNS.md; with
// --check, says whether both are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const require = createRequire(import.meta.url);
const { packSchema } = require('../dist/src/patterns/pack-schema.js');
const { OPERATORS } = require('../dist/src/patterns/language.js');
const { FACTS } = require('../dist/src/patterns/fact-table.js');
const { OPERATIONS } = require('../dist/src/patterns/fix-language.js');
const { REPAIRS } = require('../dist/src/contract/repairs.js');
const { FINDINGS } = require('../dist/src/patterns/findings/finding-names.js');
const { PATTERN_KEYS, SCOPE_PARTS } = require('../dist/src/patterns/pattern-keys.js');
const { FORBIDDEN_FIELDS } = require('../dist/src/contract/fix.js');

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const code = (text) => `\`${text}\``;
const rows = (table, cells) => Object.entries(table).map(([name, row]) => [code(name), ...cells(row)]);

const TABLES = {
  keys: [['key', 'takes', ''], ...rows(PATTERN_KEYS, ({ takes, doc }) => [takes, doc])],
  scope: [['part', ''], ...rows(SCOPE_PARTS, (doc) => [doc])],
  operators: [['operator', 'takes', 'holds for'], ...rows(OPERATORS, ({ takes, doc }) => [takes, doc])],
  facts: [
    ['fact', 'type', ''],
    ...Object.entries(FACTS).map(([name, { type, doc }]) => [code(`facts.${name}`), type, doc]),
  ],
  findings: [['finding', ''], ...Object.entries(FINDINGS).map(([name, doc]) => [code(name), doc])],
  operations: [['operation', 'takes', ''], ...rows(OPERATIONS, ({ takes, doc }) => [takes, doc])],
  repairs: [
    ['repair', '', 'loses'],
    ...Object.entries(REPAIRS).flatMap(([operation, table]) =>
      Object.entries(table).map(([name, { doc, loses = '' }]) => [code(`${operation}: ${name}`), doc, loses]),
    ),
  ],
  closed: [['closed to fixes'], ...FORBIDDEN_FIELDS.map((name) => [code(name)])],
};

const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const render = ([head, ...body]) => [head, head.map(() => '---'), ...body].map(row).join('\n');

function fill(text, name, table) {
  const block = new RegExp(`(<!-- ${name}: [^>]*-->)[^]*?(<!-- /${name} -->)`);
  if (!block.test(text)) throw new Error(`docs/PATTERNS.md: the markers of ${name} are missing`);
  return text.replace(block, (_, open, close) => `${open}\n\n${render(table)}\n\n${close}`);
}

async function write(name, make) {
  const file = path(name);
  const before = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
  const after = await format(make(before), { ...(await resolveConfig(file)), filepath: file });
  if (before === after) return;
  if (!process.argv.includes('--check')) return writeFileSync(file, after);
  console.error(`${name} is not what the code says; run \`npm run docs:schema\``);
  process.exitCode = 1;
}

await write('packs/pack.schema.json', () => JSON.stringify(packSchema()));
await write('docs/PATTERNS.md', (text) =>
  Object.entries(TABLES).reduce((page, [name, table]) => fill(page, name, table), text),
);
