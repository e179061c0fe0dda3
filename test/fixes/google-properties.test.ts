import test from 'ava';
import { openApiSchema } from '../../src/fixes/google/open-api-schema.js';
import { findInSchema } from '../../src/patterns/google-schema.js';
import type { FindingName } from '../../src/patterns/findings/finding-names.js';
import { createFacts, factOf } from '../../src/patterns/facts.js';
import { run, settles } from './builtin.js';
import { deepFreeze } from './freeze.js';
import { generateGoogle, schema } from './generate-google-request.js';
import { createDice } from './generate-request.js';

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
