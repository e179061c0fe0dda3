import type { FIX_OPERATIONS, MessageRepair, ToolRepair } from '../contract/fix.js';
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

/** Repairs of messages by name, in the order they are documented. */
export const MESSAGE_REPAIRS: { readonly [Name in MessageRepair]: string } = {
  drop_orphan_tool_results: 'Tool results that answer no call go.',
  answer_open_tool_calls: 'Calls without a result get one that says so.',
  drop_empty: 'Messages and text blocks that say nothing go.',
  trim_final_assistant: 'A final assistant message loses the whitespace at its end.',
  hoist_system: 'System messages move to where the API takes instructions.',
};

/** Repairs of tools by name, in the order they are documented. */
export const TOOL_REPAIRS: { readonly [Name in ToolRepair]: string } = {
  drop_empty: 'An empty list of tools goes.',
  drop_choice_without_tools: '`tool_choice` and its like go where no tools are offered.',
  strict_schema: 'Schemas that ask to be strict get what strict schemas must have.',
};

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
    schema: { enum: Object.keys(MESSAGE_REPAIRS) },
  },
  tools: {
    takes: 'a repair, see below',
    doc: 'Repair tools and their schemas.',
    schema: { enum: Object.keys(TOOL_REPAIRS) },
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
