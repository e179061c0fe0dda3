import type { FixOperation } from '../../contract/fix.js';
import type { Json } from '../../contract/request.js';
import { equalsJson } from '../json-equal.js';
import { parameterPath } from '../path.js';
import { valueTest, type Domain } from './domain.js';
import { isEmptyRange, narrow, ALL } from './range.js';

/** What a fix leaves in a field. */
export type Write =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'absent' }
  /** Only where nothing was. */
  | { readonly kind: 'default'; readonly value: Json }
  | { readonly kind: 'clamp'; readonly min: number; readonly max: number };

/** What a fix leaves in each field it writes, by dotted path; fields that several steps write are left out. */
export function writesOf(fix: readonly FixOperation[]): ReadonlyMap<string, Write> {
  const writes = new Map<string, Write>();
  const twice = new Set<string>();
  for (const [path, write] of fix.flatMap(writesOfStep)) {
    const field = parameterPath(path).join('.');
    if (writes.has(field)) twice.add(field);
    writes.set(field, write);
  }
  for (const field of twice) writes.delete(field);
  return writes;
}

/** Whether no value a write can leave passes what is asked of the field. @param wanted - asks for a value to be there. */
export function defeats(write: Write, wanted: Domain): boolean {
  if (write.kind === 'value') return !passes(wanted, write.value);
  if (write.kind === 'absent') return !passes(wanted, undefined);
  if (write.kind === 'default') return wanted.isAbsent;
  const isNumber = wanted.isPresent && wanted.kinds.every((kind) => kind === 'number');
  const left = narrow(narrow(wanted.range, '>=', write.min), '<=', write.max);
  return isNumber && isEmptyRange(left, false);
}

/** Whether two writes leave a field with two different values. */
export function differ(a: Write, b: Write): boolean {
  if (a.kind === 'clamp' || b.kind === 'clamp') return false;
  if (a.kind === 'absent' || b.kind === 'absent') {
    return a.kind !== b.kind && a.kind !== 'default' && b.kind !== 'default';
  }
  return a.kind === b.kind && !equalsJson(a.value, b.value);
}

/** A write in words. */
export function describeWrite(write: Write): string {
  if (write.kind === 'absent') return 'removes it';
  if (write.kind === 'clamp') return `keeps it from ${write.min} to ${write.max}`;
  return `${write.kind === 'default' ? 'defaults it' : 'sets it'} to ${JSON.stringify(write.value)}`;
}

function writesOfStep(step: FixOperation): readonly (readonly [path: string, write: Write])[] {
  if ('set' in step) return Object.entries(step.set).map(([path, value]) => [path, { kind: 'value', value }]);
  if ('default' in step)
    return Object.entries(step.default).map(([path, value]) => [path, { kind: 'default', value }]);
  if ('unset' in step) return step.unset.map((path) => [path, { kind: 'absent' }]);
  if ('route' in step) return [['model', { kind: 'value', value: step.route.model }]];
  if (!('clamp' in step)) return []; // a rename depends on what was there
  const { field, min = ALL.min, max = ALL.max } = step.clamp;
  return [[field, { kind: 'clamp', min, max }]];
}

function passes({ conditions }: Domain, value: unknown): boolean {
  return conditions.every((condition) => valueTest(condition)?.(value) ?? true);
}
