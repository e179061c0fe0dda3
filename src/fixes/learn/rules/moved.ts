import { API_PARAMETERS } from '../../../patterns/api-parameters.js';
import { fieldOf, locate, segmentsOf } from '../locate.js';
import { lossOf } from '../loss.js';
import { type Refused, type Remedy, matchAt } from '../refused.js';

const NAME = String.raw`['"\`]([A-Za-z][\w.]{1,60})['"\`]`;
const PLAIN = String.raw`['"\`]?([A-Za-z]\w*[_.][\w.]{1,60}?)['"\`]?`;

/** Ways to say which field takes the place of a refused one. */
const REPLACEMENTS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:use|using|set|try|specify|pass|provide)\s+(?:the\s+)?(?:parameter\s+)?${NAME}\s+(?:parameter\s+)?instead`,
    'i',
  ),
  new RegExp(String.raw`(?:use|using)\s+(?:the\s+)?${PLAIN}\s+(?:parameter\s+)?instead`, 'i'),
  new RegExp(String.raw`instead,?\s+(?:please\s+)?(?:use|set|try)\s+(?:the\s+)?${PLAIN}`, 'i'),
  new RegExp(String.raw`(?:moved|renamed|changed) (?:in)?to\s+${PLAIN}(?:[\s.,;]|$)`, 'i'),
  new RegExp(
    String.raw`(?:replaced (?:by|with)|in favou?r of|superseded by)\s+(?:the\s+)?${PLAIN}(?:[\s.,;]|$)`,
    'i',
  ),
  new RegExp(String.raw`did you mean\s+${PLAIN}`, 'i'),
  new RegExp(String.raw`please use\s+${PLAIN}(?:[\s.,;]|$)`, 'i'),
];

/** Moves a value to the field the provider names for it; one the API is not known to have is not believed. */
export function moved({ text, fields, view }: Refused): Remedy | undefined {
  const from = fields[0];
  const named = REPLACEMENTS.map((expression) => expression.exec(text)?.[1]).find(
    (name) => name !== undefined,
  );
  if (from === undefined || named === undefined || typeof from.value === 'object') return undefined;
  const target = segmentsOf(named);
  const [root = '', ...rest] = target ?? [];
  const container = from.path.slice(0, -1);
  const inPlace = container.length > 0 && rest.length === 0;
  const isKnown = API_PARAMETERS[view.api]?.includes(root) === true;
  if (target === undefined || (!isKnown && !inPlace)) return undefined;
  if (lossOf(fieldOf(view.api, from.path), from.value) === 'all') return undefined;
  const to = inPlace && !isKnown ? [...container, root] : target;
  const [source, destination] = [fieldOf(view.api, from.path), fieldOf(view.api, to)];
  if (source === destination || source.includes('*')) return undefined;
  const isTaken = locate(view.params, named)?.join('.') === to.join('.');
  return {
    rule: 'moved',
    description: `${source} is called ${destination} here.`,
    match: matchAt(source, { exists: true }),
    fix: [isTaken ? { unset: [source] } : { rename: { from: source, to: destination } }],
  };
}
