import type { FixOperation } from './fix.js';
import type { Json } from './request.js';

/** What Arc does with a match: repair the request, only record what it would have done, or not look at all. */
export type Mode = 'apply' | 'shadow' | 'off';

/** JSON types as the `type` operator names them; `integer` is a `number` without a fraction. */
export type JsonTypeName = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

/** Fuzzy match of a text: `to` is the known prompt, `threshold` the least Jaccard similarity from 0 to 1. */
export interface Similar {
  readonly to: string;
  /** Least similarity of the two sets of character 4-grams, above 0 to 1; 0.8 when left out. */
  readonly threshold?: number;
}

/**
 * The tests a field can be put to; several in one object must all hold. An absent field satisfies none
 * but `!=`, `not_in` and `exists: false`.
 */
export interface Operators {
  readonly '='?: Json;
  readonly '!='?: Json;
  readonly '>'?: number | FieldReference;
  readonly '>='?: number | FieldReference;
  readonly '<'?: number | FieldReference;
  readonly '<='?: number | FieldReference;
  readonly in?: readonly Json[];
  readonly not_in?: readonly Json[];
  readonly exists?: boolean;
  readonly type?: JsonTypeName | readonly JsonTypeName[];
  /** A regular expression in RE2 syntax, matched in linear time, unanchored. */
  readonly matches?: string;
  /** For a text: a substring. For a list: an equal item. */
  readonly contains?: Json;
  readonly starts_with?: string;
  /** Length of a text in UTF-16 units or of a list in items: a number, or comparisons of it. */
  readonly length?: number | { readonly [op in '=' | '!=' | '>' | '>=' | '<' | '<=']?: number };
  readonly similar?: string | Similar;
  /** Fingerprint of a whole prompt: the text itself, compared after Unicode NFC and whitespace folding. */
  readonly exact?: string;
  /** A list with at least one item that has this shape; the fields of the match are those of the item. */
  readonly any?: Match;
  /** A list whose every item has this shape; holds for an empty list. */
  readonly every?: Match;
  /** A list without an item of this shape; holds for an empty list. */
  readonly none?: Match;
}

/** Operators that put each item of a list to a match of its own. */
export type QuantifierName = 'any' | 'every' | 'none';

/** Another field of the same request as the right-hand side, e.g. `max_tokens: { '<=': { field: thinking.budget_tokens } }`. */
export interface FieldReference {
  readonly field: string;
}

/** A test of one field: a plain value means equality, an object means operators. */
export type Condition = string | number | boolean | null | Operators;

/**
 * A conjunction. Every key but `all`, `any` and `not` is a field: `provider`, `operation`, `api`, `model`, a request
 * parameter by its own name, a dotted path into one (`thinking.budget_tokens`, `messages.0.role`), or a derived fact
 * (`facts.last_user_text`). Under a quantifier the fields are those of the item; `item` is the item itself, and
 * `item.<name>` a field whose name is taken.
 */
export interface Match {
  readonly all?: readonly Match[];
  readonly any?: readonly Match[];
  readonly not?: Match;
  readonly [field: string]: Condition | Match | readonly Match[] | undefined;
}

/**
 * Where a pattern is in force; each part is a list of accepted values, and all parts must hold. `service` and
 * `environment` are what OpenTelemetry calls `service.name` and `deployment.environment.name`, constants of a process;
 * `agent` is what the application gave to `withArcContext`.
 */
export interface PatternScope {
  readonly provider?: readonly string[];
  readonly api?: readonly string[];
  readonly service?: readonly string[];
  readonly environment?: readonly string[];
  readonly agent?: readonly string[];
}

/** A scope as people write it: a text stands for a list of one. */
export type ScopeShorthand = { readonly [Part in keyof PatternScope]?: string | readonly string[] };

/** A pattern in its normal form: what packs contain, what goes over the wire, what `registerPattern` builds. */
export interface PatternDefinition {
  /** Stable name, unique in a process; lower-case words joined by dots and dashes. */
  readonly id: string;
  /** Counts up with each change, from 1. */
  readonly version: number;
  readonly description?: string;
  /** Left out: in force everywhere. */
  readonly scope?: PatternScope;
  readonly match: Match;
  readonly fix: readonly FixOperation[];
  /** How sure the author is that the repair is right, from 0 to 1; below the process's floor the original goes out. */
  readonly confidence: number;
  /** RFC 3339 instant after which the pattern is dead. */
  readonly expires?: string;
  /**
   * How long the pattern lives, from when a process first got this version of it: `30d`, `12h`, or ISO 8601 (`P30D`). The
   * earlier end counts where `expires` is given too.
   */
  readonly ttl?: string;
  /** Share of matching requests that are treated, from 0 to 1; the rest are control. */
  readonly rollout: number;
  /** Higher acts first; ties go by id. 0 when left out. */
  readonly priority: number;
  /** Narrows the process's mode for this pattern alone: `shadow` and `off` win over `apply`. */
  readonly mode?: Mode;
  /** The repair drops something the caller wrote; it acts only where the process allows that. */
  readonly lossy?: boolean;
  /** Where the failure is documented, a public URL or reference. */
  readonly source?: string;
}

/** A named, versioned set of patterns: the unit that is loaded, shipped and rolled back. */
export interface PackDefinition {
  /** Lower-case words joined by dots and dashes, e.g. `builtin`, `fleet`. */
  readonly name: string;
  /** Any text; semantic versions by custom. */
  readonly version: string;
  readonly patterns: readonly PatternDefinition[];
}

/** The shorthand of `registerPattern`: a match in short form and the values to set. */
export interface PatternShorthand {
  readonly pattern: Match;
  readonly fix: { readonly [param: string]: Json } | readonly FixOperation[];
  /** Left out: `registered.` and a fingerprint of pattern and fix. */
  readonly id?: string;
  readonly scope?: ScopeShorthand;
  readonly confidence?: number;
  readonly expires?: string;
  readonly ttl?: string;
  readonly rollout?: number;
  readonly priority?: number;
  readonly mode?: Mode;
  readonly lossy?: boolean;
}

/** Where a pack came from. */
export type PackOrigin = 'builtin' | 'file' | 'control' | 'code';

/** What a process says of a pack it holds. */
export interface PackInfo {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the pack's normal form, lower-case hexadecimal. */
  readonly hash: string;
  /** Number of patterns. */
  readonly patterns: number;
  readonly origin: PackOrigin;
}
