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
    if (Object.hasOwn(map, value)) return replaced(field, map);
    const next = nearestValue(value, accepted);
    if (next !== undefined) return replaced(field, { [value]: next });
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
  return replaced(fieldOf(api, field.path), { system: 'user', developer: 'user' });
}

function replaced(field: string, map: { readonly [value: string]: string }): Remedy {
  return {
    rule: 'value',
    description: `The provider takes other values of ${field}.`,
    match: matchAt(field, { in: Object.keys(map) }),
    fix: [{ map: { field, values: map } }],
  };
}

const ONLY =
  /only (-?\d+(?:\.\d+)?) is (?:allowed|supported|accepted|valid)|must be (?:exactly |equal to |set to )?(-?\d+(?:\.\d+)?)(?: (?:for|when|with|if)\b|\s*[.!]?$)/i;

/** Writes the one number the provider takes. */
export function onlyValue({ text, fields, view }: Refused): Remedy | undefined {
  const match = ONLY.exec(text);
  const field = fields.find(({ value }) => typeof value === 'number');
  if (match === null || field === undefined) return undefined;
  const only = Number(match[1] ?? match[2]);
  const name = fieldOf(view.api, field.path);
  return {
    rule: 'only-value',
    description: `The provider takes one value of ${name}.`,
    match: matchAt(name, { type: 'number', '!=': only }),
    fix: [{ set: { [name]: only } }],
  };
}
