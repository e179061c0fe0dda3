import { API_PARAMETERS } from './api-parameters.js';
import { FACTS, isFactName } from './fact-table.js';
import { isQuantifier } from './language.js';
import { didYouMean } from './nearest.js';
import { FORBIDDEN_SEGMENTS } from './path.js';
import { CONTEXT_FIELDS, VIEW_FIELDS } from './view-fields.js';

/** Names worth suggesting beside parameters. */
const NOT_PARAMETERS: readonly string[] = [
  ...VIEW_FIELDS,
  ...CONTEXT_FIELDS,
  ...Object.keys(FACTS).map((name) => `facts.${name}`),
];

/** Names of the APIs patterns can be written for. */
export const KNOWN_APIS: readonly string[] = Object.keys(API_PARAMETERS);

/** Every parameter of any of them, sorted. */
export const KNOWN_PARAMETERS: readonly string[] = [...new Set(Object.values(API_PARAMETERS).flat())].sort();

/**
 * What is wrong with the name of a field in a match, or undefined.
 * @param apis - the APIs the pattern is limited to; all known ones when it is not.
 */
export function fieldProblem(field: string, apis: readonly string[]): string | undefined {
  const [root = '', second] = field.split('.');
  if (VIEW_FIELDS.includes(root))
    return second === undefined ? undefined : `"${root}" has no fields of its own`;
  if (root === 'facts') return factProblem(field, second);
  if (root === 'context') return contextProblem(field);
  return parameterProblem(field, apis, NOT_PARAMETERS);
}

/**
 * What is wrong with the name of a field of a list's item, or undefined. Items differ from API to API, so any name will do
 * that is a path.
 */
export function itemFieldProblem(field: string): string | undefined {
  return pathProblem(field.split('.'), field);
}

/** What is wrong with the name of a request parameter, or undefined. `others` are further names worth suggesting. */
export function parameterProblem(
  field: string,
  apis: readonly string[],
  others: readonly string[] = [],
): string | undefined {
  const segments = field.split('.');
  const [root = '', second] = segments;
  const malformed = pathProblem(segments, field);
  if (malformed !== undefined) return malformed;
  if (root === 'params') return second === undefined ? 'must name a parameter, as params.<name>' : undefined;
  if (apis.some((api) => API_PARAMETERS[api]?.includes(root))) return undefined;
  const known = new Set(apis.flatMap((api) => API_PARAMETERS[api] ?? []));
  const quantifier = isQuantifier(root)
    ? ` A quantifier stands under its list: { messages: { ${root}: ... } }.`
    : '';
  const hint = didYouMean(root, [...known, ...others]);
  return (
    `unknown field "${root}".${quantifier || hint} Accepted for ${apis.join(' and ')}: ${[...known].sort().join(', ')}; ` +
    `${others.length > 0 ? 'provider, operation, api, model, facts.<name>, context.<name>; ' : ''}any other parameter as params.<name>`
  );
}

function pathProblem(segments: readonly string[], field: string): string | undefined {
  if (segments.includes('')) return `"${field}" is not a dotted path: a part of it is empty`;
  const reserved = segments.find((segment) => FORBIDDEN_SEGMENTS.includes(segment));
  return reserved === undefined ? undefined : `"${reserved}" must not be part of a path`;
}

function factProblem(field: string, name: string | undefined): string | undefined {
  if (name !== undefined && isFactName(name)) return undefined;
  const names = Object.keys(FACTS);
  return `unknown fact "${field}".${didYouMean(name ?? '', names)} Accepted: ${names.map((fact) => `facts.${fact}`).join(', ')}`;
}

function contextProblem(field: string): string | undefined {
  if (CONTEXT_FIELDS.includes(field)) return undefined;
  return (
    `unknown field "${field}".${didYouMean(field, CONTEXT_FIELDS)} Accepted: ${CONTEXT_FIELDS.join(', ')}; ` +
    `a parameter of that name as params.${field}`
  );
}
