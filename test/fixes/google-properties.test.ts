import test from 'ava';
import { MESSAGE_REPAIRS, PARAMETER_REPAIRS, TOOL_REPAIRS } from '../../src/contract/repairs.js';
import type { FixOperation } from '../../src/contract/fix.js';
import { applyFix } from '../../src/fixes/apply.js';
import { openApiSchema } from '../../src/fixes/google/open-api-schema.js';
import { findInSchema } from '../../src/patterns/google-schema.js';
import type { FindingName } from '../../src/patterns/findings/finding-names.js';
import { createFacts, factOf } from '../../src/patterns/facts.js';
import { run, settles } from './builtin.js';
import { deepFreeze } from './freeze.js';
import { generateGoogle, schema } from './generate-google-request.js';
import { createDice } from './generate-request.js';

const OPERATIONS: readonly FixOperation[] = [
  ...Object.keys(MESSAGE_REPAIRS).map((messages) => ({ messages }) as FixOperation), // the names of the table
  ...Object.keys(TOOL_REPAIRS).map((tools) => ({ tools }) as FixOperation),
  ...Object.keys(PARAMETER_REPAIRS).map((parameters) => ({ parameters }) as FixOperation),
];

for (const operation of OPERATIONS) {
  test(`applyFix: ${JSON.stringify(operation)} is pure and idempotent for requests to Google`, (t) => {
    for (let seed = 0; seed < 300; seed += 1) {
      const view = deepFreeze(generateGoogle(createDice(seed)));
      const once = applyFix(view, [operation]);
      t.is(once.params === view.params, once.changes.length === 0, `seed ${seed}`);
      const again = applyFix({ ...view, params: once.params }, [operation]);
      if (again.params !== once.params) return t.fail(`seed ${seed}: ${JSON.stringify(again.changes)}`);
    }
  });
}

test(
  'built-in packs: what they repair once of requests to Google needs no second repair',
  settles,
  generateGoogle,
  1500,
);

test('built-in packs: what they leave of requests to Google has no finding that every model refuses', (t) => {
  const refused = [
    'orphan_tool_result',
    'open_tool_call',
    'tool_call_out_of_turn',
    'role_of_other_api',
    'content_of_other_api',
  ];
  for (let seed = 0; seed < 600; seed += 1) {
    const view = generateGoogle(createDice(seed));
    const after = { ...view, params: run(view).params };
    const findings = factOf(createFacts(after), 'findings') as readonly FindingName[];
    const left = findings.filter((name) => refused.includes(name));
    if (left.length > 0) return t.fail(`seed ${seed}: ${left.join()} in ${JSON.stringify(after.params)}`);
  }
  t.pass();
});

test('open_api_schema: what it returns is pure, stable and has nothing left that Google refuses', (t) => {
  for (let seed = 0; seed < 2000; seed += 1) {
    const given = deepFreeze(schema(createDice(seed), 0));
    const next = openApiSchema(given);
    const found: FindingName[] = [];
    findInSchema(next, found);
    if (found.length > 0) return t.fail(`seed ${seed}: ${found.join()} in ${JSON.stringify([given, next])}`);
    if (openApiSchema(next) !== next)
      return t.fail(`seed ${seed}: ${JSON.stringify([given, next, openApiSchema(next)])}`);
  }
  t.pass();
});

test('open_api_schema: a schema that Google takes is the same object', (t) => {
  const taken = deepFreeze({
    type: 'OBJECT',
    properties: {
      unit: { type: 'string', enum: ['km', 'mi'], default: 'km' },
      far: { type: 'INTEGER', minimum: 1, maximum: 9, nullable: true, format: 'int32' },
      tags: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] }, minItems: '1' },
    },
    required: ['unit'],
    propertyOrdering: ['unit', 'far', 'tags'],
  });
  t.is(openApiSchema(taken), taken);
});
