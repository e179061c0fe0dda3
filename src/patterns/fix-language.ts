import type { FIX_OPERATIONS } from '../contract/fix.js';
import { REPAIRS } from '../contract/repairs.js';
import type { Schema } from './arguments.js';

/** Name of a fix operation. */
export type OperationName = (typeof FIX_OPERATIONS)[number];

/** A fix operation: what it takes and what it does. */
export interface OperationSpec {
  /** As a cell of a table, in Markdown. */
  readonly takes: string;
  readonly doc: string;
  readonly schema: Schema;
}

const FIELD: Schema = { type: 'string', minLength: 1 };
const VALUES: Schema = { type: 'object', minProperties: 1 };
const PROMPT: Schema = {
  type: 'object',
  properties: { role: { enum: ['system', 'user'] }, text: { type: 'string', pattern: '\\S' } },
  required: ['role', 'text'],
  additionalProperties: false,
};

/** Every operation by name; the schema for editors and the reference come from here. */
export const OPERATIONS: { readonly [Name in OperationName]: OperationSpec } = {
  set: { takes: '`{ field: value, … }`', doc: 'Write values.', schema: VALUES },
  unset: {
    takes: '`[field, …]`',
    doc: 'Remove fields.',
    schema: { type: 'array', items: FIELD, minItems: 1 },
  },
  rename: {
    takes: '`{ from: field, to: field }`',
    doc: 'Move a value to another name; a value that is there wins.',
    schema: {
      type: 'object',
      properties: { from: FIELD, to: FIELD },
      required: ['from', 'to'],
      additionalProperties: false,
    },
  },
  clamp: {
    takes: '`{ field, min, max }`',
    doc: 'Keep a number inside bounds, both inclusive; one of them may be left out.',
    schema: {
      type: 'object',
      properties: { field: FIELD, min: { type: 'number' }, max: { type: 'number' } },
      required: ['field'],
      anyOf: [{ required: ['min'] }, { required: ['max'] }],
      additionalProperties: false,
    },
  },
  default: { takes: '`{ field: value, … }`', doc: 'Write values where nothing or null is.', schema: VALUES },
  map: {
    takes: '`{ field, values: { old: new, … } }`',
    doc: 'Replace a text, number, flag or null by another; one that is not named stays.',
    schema: {
      type: 'object',
      properties: { field: FIELD, values: VALUES },
      required: ['field', 'values'],
      additionalProperties: false,
    },
  },
  prefix: {
    takes: '`{ role: system or user, text }`',
    doc: "Put a text before the prompt, once. This throws away the provider's prompt cache.",
    schema: PROMPT,
  },
  suffix: {
    takes: '`{ role: system or user, text }`',
    doc: 'Put a text after the prompt, once.',
    schema: PROMPT,
  },
  messages: {
    takes: 'a repair, see below',
    doc: 'Repair the conversation.',
    schema: { enum: Object.keys(REPAIRS.messages) },
  },
  tools: {
    takes: 'a repair, see below',
    doc: 'Repair tools and their schemas.',
    schema: { enum: Object.keys(REPAIRS.tools) },
  },
  parameters: {
    takes: 'a repair, see below',
    doc: 'Repair parameters that depend on one another.',
    schema: { enum: Object.keys(REPAIRS.parameters) },
  },
  truncate: {
    takes: '`{ characters }`',
    doc: 'Leave out the oldest turns, whole, until the texts of the request are no longer than this. Lossy.',
    schema: {
      type: 'object',
      properties: { characters: { type: 'integer', minimum: 1 } },
      required: ['characters'],
      additionalProperties: false,
    },
  },
  route: {
    takes: '`{ model }`',
    doc: 'Send to another model.',
    schema: {
      type: 'object',
      properties: { model: { type: 'string', pattern: '\\S' } },
      required: ['model'],
      additionalProperties: false,
    },
  },
};
