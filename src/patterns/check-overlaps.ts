import { isRecord, own } from './own.js';
import { overlaps, parameterPath } from './path.js';
import type { DocumentPath, Report } from './report.js';

interface Touch {
  readonly field: readonly string[];
  readonly step: number;
  readonly name: string;
}

/** Operations that give a field its value, in the order in which each may follow the ones before. */
const ORDER: readonly string[] = ['set', 'rename', 'default', 'map', 'clamp'];

/**
 * Two steps that touch one field can undo each other, and then a second application would change the result again.
 * Only the orders that cannot are accepted: `default`, `map` and `clamp` after whatever gave the field its value.
 */
export function checkOverlaps(fix: readonly unknown[], path: DocumentPath, report: Report): void {
  const touched: Touch[] = [];
  fix.forEach((operation, step) => {
    const name = isRecord(operation) ? (Object.keys(operation)[0] ?? '') : '';
    for (const field of touchedFields(name, own(operation, name))) {
      const earlier = touched.find((entry) => overlaps(entry.field, field) && !refines(name, entry.name));
      if (earlier !== undefined) {
        const other = earlier.step === step ? 'twice in one step' : `also in step ${earlier.step + 1}`;
        report([...path, step], `touches "${field.join('.')}" ${other}; make them one step`);
      }
      touched.push({ field, step, name });
    }
  });
}

function refines(name: string, earlier: string): boolean {
  if (name !== 'default' && name !== 'map' && name !== 'clamp') return false;
  return ORDER.includes(earlier) && ORDER.indexOf(earlier) < ORDER.indexOf(name);
}

function touchedFields(name: string, argument: unknown): readonly (readonly string[])[] {
  const fields = fieldNames(name, argument).filter((field) => typeof field === 'string');
  return fields.map(parameterPath);
}

function fieldNames(name: string, argument: unknown): readonly unknown[] {
  if (name === 'set' || name === 'default') return isRecord(argument) ? Object.keys(argument) : [];
  if (name === 'unset') return Array.isArray(argument) ? argument : [];
  if (name === 'rename') return [own(argument, 'from'), own(argument, 'to')];
  if (name === 'clamp' || name === 'map') return [own(argument, 'field')];
  return name === 'route' ? ['model'] : [];
}
