import { FACTS, isFactName } from '../fact-table.js';
import { isJoinedText } from '../joined-texts.js';

/** Fields that many calls share: what depends on them alone is found out once for each combination. */
export const SHARED_FIELDS: readonly string[] = ['api', 'provider', 'operation', 'model'];

/**
 * Facts that take long to compute and tell little apart. Others are read on every call for which some pattern is filed
 * under them; these only by patterns that are candidates already, or when many patterns are filed under a range of one.
 */
const DEAR_FACTS: readonly string[] = [
  'facts.mentions_json',
  'facts.characters',
  'facts.orphan_tool_results',
];

/** Whether many calls have the same value there. */
export function isShared(field: string): boolean {
  return SHARED_FIELDS.includes(field);
}

/** Whether a field takes long to compute. */
export function isDear(field: string): boolean {
  return DEAR_FACTS.includes(field);
}

/** Texts that are equal have the same normal form too, which is found without joining a joined fact. */
export function isJoined(field: string): boolean {
  return field.startsWith('facts.') && isJoinedText(field.slice('facts.'.length));
}

/** JSON type of a derived fact; undefined for any other field. */
export function factType(field: string): string | undefined {
  const [root, name = ''] = field.split('.');
  return root === 'facts' && isFactName(name) ? FACTS[name].type : undefined;
}
