import type { Match, Operators } from '../../contract/pattern.js';
import type { FixOperation } from '../../contract/fix.js';
import type { RequestView } from '../../contract/request.js';
import { getAt } from '../at-path.js';
import type { Complaint } from './refusal.js';
import { locate } from './locate.js';

/** A request and one thing its provider objects to. */
export interface Refused {
  readonly view: RequestView;
  readonly text: string;
  /** Where in the request, as the provider says beside the text. */
  readonly subject?: string;
  /** Every field of the request the complaint names, those it is surest of first. */
  readonly fields: readonly RefusedField[];
}

/** A field of the request that a complaint names. */
export interface RefusedField {
  /** The provider's name of it. */
  readonly name: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What makes a request acceptable, in the words of patterns. */
export interface Remedy {
  /** Lower-case words joined by dashes: part of the pattern's id. */
  readonly rule: string;
  /** One sentence, without anything of the provider's text but names of fields. */
  readonly description: string;
  /** When it is wanted, beside provider, API and model. */
  readonly match: Match;
  readonly fix: readonly FixOperation[];
  readonly lossy?: boolean;
  /** Whether it holds for every model of the API. */
  readonly everyModel?: boolean;
}

/** Understands one kind of complaint. */
export type Rule = (refused: Refused) => Remedy | undefined;

/** Paths in quotes; a provider's own names stand there. */
const QUOTED = /['"`]([A-Za-z_][\w.[\]-]{0,120})['"`]/g;
/** A path in front of a colon, as Anthropic and Google begin. */
const LEADING =
  /^\s*(?:GenerateContentRequest\.)?([A-Za-z_][\w.[\]]{0,160}?)(?:\s+['"`]?[\w.-]{1,40}['"`]?\s+is)?\s*:\s/;
/** Words that look like a parameter's name. */
const BARE = /\b([A-Za-z]\w{0,60}(?:[._[][\w\].]{1,80})?)\b/g;

/** Words of sentences that are parameters too: only believed in quotes. */
const COMMON: ReadonlySet<string> = new Set(
  'input messages model prompt system text tools user content contents config options role type name message id n'.split(
    ' ',
  ),
);

/** Names looked at in one complaint. */
const MAX_NAMES = 64;

/** Reads which fields of a request a complaint is about. */
export function createRefused(view: RequestView, { text, path }: Complaint): Refused {
  const fields = new Map<string, RefusedField>();
  const add = (name: string): void => {
    if (fields.size >= MAX_NAMES) return;
    const found = locate(view.params, name);
    const key = found?.join('.');
    if (found === undefined || key === undefined || fields.has(key)) return;
    fields.set(key, { name, path: found, value: getAt(view.params, found) });
  };
  const subject = path?.replace(/^body\./, '');
  const quoted = [...text.matchAll(QUOTED)].map(([, name = '']) => name);
  const leading = LEADING.exec(text)?.[1];
  if (subject !== undefined) add(subject);
  for (const name of nestedNames(text, quoted)) add(name);
  for (const name of [leading ?? '', ...quoted]) add(name);
  const words = [...text.matchAll(BARE)].map(([, name = '']) => name);
  for (const name of words) if (!COMMON.has(lowerFirst(name))) [name, lowerFirst(name)].forEach(add);
  for (const name of impliedNames(text, words)) add(name);
  return { view, text, ...(subject !== undefined && { subject }), fields: [...fields.values()] };
}

/** `temperature` for the `Temperature` a sentence starts with. */
function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Names that stand in a sentence as words: `thinking budget`, `penalties`, `maximum tokens`. */
function impliedNames(text: string, words: readonly string[]): readonly string[] {
  const pairs = words.slice(0, MAX_NAMES).flatMap((word, index) => {
    const next = words[index + 1];
    return next === undefined ? [] : [`${word}_${next}`.toLowerCase()];
  });
  return [
    ...pairs,
    ...(/penalt/i.test(text) ? ['presence_penalty', 'frequency_penalty'] : []),
    ...(/tool (?:use|calling)|function calling|support tools/i.test(text) ? ['tools'] : []),
    ...(/max(?:imum)?.{0,20}tokens|token limit/i.test(text) ? ['max_tokens'] : []),
  ];
}

/** Names of fields inside what another name leads to: `'messages.2' : property 'reasoning' is unsupported`. */
function nestedNames(text: string, quoted: readonly string[]): readonly string[] {
  const containers = quoted.filter((name) => /[.[]\d/.test(name)).slice(-2);
  const property = /property ['"`]?(\w{1,60})/i.exec(text)?.[1];
  const names = [
    ...(property === undefined ? [] : [property]),
    ...quoted.filter((name) => /^\w+$/.test(name)),
  ].slice(0, 4);
  return containers.flatMap((container) => names.map((name) => `${container}.${name}`));
}

/** A match of the requests in which a field, or that of any item where the path leads through lists, meets a condition. */
export function matchAt(field: string, condition: Operators | Match): Match {
  const [head = '', ...items] = field.split('.*.');
  const inner = items.reduceRight<Operators | Match>(
    (rest, name) => ({ any: { [itemField(name)]: rest } }),
    condition,
  );
  return { [head]: inner };
}

function itemField(name: string): string {
  const [root = ''] = name.split('.');
  return ['all', 'any', 'not', 'every', 'none', 'item'].includes(root) ? `item.${name}` : name;
}
