import { acceptedValues, levelsAbove, nearestValue } from '../accepted-values.js';
import { fieldOf } from '../locate.js';
import { lossOf } from '../loss.js';
import { type Refused, type Remedy, matchAt } from '../refused.js';

const AT_MOST = /['"`]?(\w+)['"`]? or (?:below|lower|less)/i;
const ROLE = /role/i;

/** Replaces a value by the nearest of those the provider accepts. */
export function values({ text, fields, view }: Refused): Remedy | undefined {
  const accepted = acceptedValues(text);
  const limit = AT_MOST.exec(text)?.[1];
  for (const { path, value } of fields) {
    if (typeof value !== 'string' || accepted.includes(value)) continue;
    const field = fieldOf(view.api, path);
    const map = limit === undefined ? {} : levelsAbove(limit);
    if (Object.hasOwn(map, value)) return replaced(field, map, conditionsOf(text));
    const next = nearestValue(value, accepted);
    if (next !== undefined) return replaced(field, { [value]: next }, {});
    const isOptional = accepted.length > 0 && !path.includes('messages') && lossOf(field, value) === 'none';
    if (isOptional && /effort|verbosity|tier|detail|service/.test(field))
      return {
        rule: 'value',
        description: `The provider takes other values of ${field}.`,
        match: matchAt(field, { '=': value }),
        fix: [{ unset: [field] }],
      };
  }
  return role(text, view.api, fields);
}

/** A role that a model does not know goes to the one that is always there. */
function role(text: string, api: string, fields: Refused['fields']): Remedy | undefined {
  const [, refused = ''] =
    /does not support ['"`](system|developer)['"`]|unknown variant ['"`](?:developer)['"`]/i.exec(text) ?? [];
  const field = fields.find(({ path, value }) => path.at(-1) === 'role' && value === refused);
  if (field === undefined || !ROLE.test(text)) return undefined;
  return replaced(fieldOf(api, field.path), { system: 'user', developer: 'user' }, {});
}

function replaced(
  field: string,
  map: { readonly [value: string]: string },
  condition: Remedy['match'],
): Remedy {
  return {
    rule: 'value',
    description: `The provider takes other values of ${field}.`,
    match: { ...condition, ...matchAt(field, { in: Object.keys(map) }) },
    fix: [{ map: { field, values: map } }],
  };
}

/** What else must hold for a value to be refused. */
function conditionsOf(text: string): Remedy['match'] {
  return /when thinking is disabled/i.test(text) ? { 'thinking.type': 'disabled' } : {};
}
