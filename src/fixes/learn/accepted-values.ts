/** What introduces the values a provider takes. */
const INTRODUCTION = new RegExp(
  [
    String.raw`\b(?:supported|allowed|accepted|valid|permitted|possible|available|expected) (?:values?|options?|types?|variants?|levels?|efforts?|roles?)(?: (?:are|is|include))?:?`,
    String.raw`(?:expected|must be|should be|needs to be|choose|use) (?:either |any |one )?(?:of|from)(?: the following)?(?: values)?:?`,
    'input should be',
    'expected tags?:?',
    'but (?:it )?must be',
    'supports? only',
    'only supports?',
    'should be',
    'must be',
  ].join('|'),
  'gi',
);

/** How hard a model thinks, and how much it says, from least to most. */
const SCALES: readonly (readonly string[])[] = [
  ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
  ['LOW', 'MEDIUM', 'HIGH'],
];

/** Roles that stand for one another, best first. */
const ROLES: { readonly [role: string]: readonly string[] } = {
  developer: ['system', 'user'],
  system: ['developer', 'user'],
  assistant: ['model'],
  model: ['assistant'],
};

/** Values looked at. */
const MAX_VALUES = 32;

/** The values a complaint says are accepted, in its order; empty where it names none. */
export function acceptedValues(text: string): readonly string[] {
  for (const { index, 0: words } of text.matchAll(INTRODUCTION)) {
    const list = valuesIn(text.slice(index + words.length));
    if (list.length > 0) return list;
  }
  return [];
}

/** Values in quotes, or single words between commas. */
function valuesIn(text: string): readonly string[] {
  const quoted = /^\s*[([]?\s*((?:['"`][^'"`\n]{1,64}['"`][\s,|]*(?:(?:and|or)\s+)?){1,32})/i.exec(text)?.[1];
  if (quoted !== undefined)
    return [...quoted.matchAll(/['"`]([^'"`]+)['"`]/g)].map(([, value = '']) => value).slice(0, MAX_VALUES);
  const plain =
    /^\s*[([]?([\w-]{1,32}(?:(?:\s*[,|]\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+)[\w-]{1,32}){1,31})/i.exec(
      text,
    )?.[1];
  return plain === undefined
    ? []
    : plain.split(/\s*[,|]\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+/i).filter((value) => value !== '');
}

/**
 * The accepted value that stands for a refused one: the same in another case, the nearest on a scale, a role of the same
 * kind. Undefined where none does.
 * @example nearestValue('minimal', ['low', 'high']) // 'low'
 */
export function nearestValue(value: string, accepted: readonly string[]): string | undefined {
  const same = accepted.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  if (same !== undefined) return same;
  const scale = SCALES.find((levels) => levels.includes(value));
  if (scale !== undefined && value !== 'none' && accepted.includes('default')) return 'default';
  if (scale !== undefined) return nearestLevel(scale, value, accepted);
  return (Object.hasOwn(ROLES, value) ? (ROLES[value] ?? []) : []).find((role) => accepted.includes(role));
}

/** Of two that are equally near, the one towards the middle. */
function nearestLevel(
  scale: readonly string[],
  value: string,
  accepted: readonly string[],
): string | undefined {
  const [at, middle] = [scale.indexOf(value), (scale.length - 1) / 2];
  const distance = (level: string): number =>
    Math.abs(scale.indexOf(level) - at) + Math.abs(scale.indexOf(level) - middle) / scale.length;
  return accepted.filter((level) => scale.includes(level)).sort((a, b) => distance(a) - distance(b))[0];
}

/** Levels of a scale above the named one, each with it: what "'high' or below" makes of them. */
export function levelsAbove(level: string): { readonly [above: string]: string } {
  const scale = SCALES.find((levels) => levels.includes(level)) ?? [];
  return Object.fromEntries(scale.slice(scale.indexOf(level) + 1).map((above) => [above, level]));
}
