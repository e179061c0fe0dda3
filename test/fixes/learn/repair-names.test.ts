import test from 'ava';
import { REPAIRS } from '../../../src/contract/repairs.js';
import { repairNamed } from '../../../src/fixes/learn/propose-repair.js';
import { REPAIR_APIS } from '../../../src/fixes/learn/repair-apis.js';
import { STRUCTURES } from '../../../src/fixes/learn/structures.js';

const NAMES = new Set(Object.values(REPAIRS).flatMap((repairs) => Object.keys(repairs)));

test('learn: every repair that a structure names is one', (t) => {
  for (const { repairs, when } of STRUCTURES)
    for (const name of repairs.flatMap((together) => together.split(' ')))
      t.truthy(repairNamed(name), `${name}, after ${when}`);
});

test('learn: every repair that belongs to some APIs is one', (t) => {
  for (const name of REPAIR_APIS.keys())
    t.true(name.includes('.') ? repairNamed(name) !== undefined : NAMES.has(name), name);
});

test('learn: a name of two repairs says with its operation which is meant', (t) => {
  const seen = new Set<string>();
  for (const name of Object.values(REPAIRS).flatMap((repairs) => Object.keys(repairs))) {
    if (seen.has(name)) t.false(REPAIR_APIS.has(name), name);
    seen.add(name);
  }
});
