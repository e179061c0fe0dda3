import type { MessageRepair, ParameterRepair, ToolRepair } from './repairs.js';
import type { Json } from './request.js';

/**
 * One step of a fix. Steps run in order on a copy; each is idempotent and may touch only what the allow-list
 * ({@link FORBIDDEN_FIELDS}) leaves open.
 */
export type FixOperation =
  /** Write values, by dotted path: `{ set: { temperature: 0.7 } }`. */
  | { readonly set: { readonly [path: string]: Json } }
  /** Remove fields. */
  | { readonly unset: readonly string[] }
  /** Move a value to another name; nothing happens when `from` is absent, and an existing `to` wins. */
  | { readonly rename: { readonly from: string; readonly to: string } }
  /** Keep a number inside bounds, both inclusive; not a number: nothing happens. */
  | { readonly clamp: { readonly field: string; readonly min?: number; readonly max?: number } }
  /** Write values where the field is absent or null. */
  | { readonly default: { readonly [path: string]: Json } }
  /** Replace one scalar by another: `{ map: { field: 'reasoning_effort', values: { minimal: 'low' } } }`. */
  | { readonly map: { readonly field: string; readonly values: { readonly [value: string]: Json } } }
  /** Put a text before the system or the last user prompt; done once. */
  | { readonly prefix: { readonly role: 'system' | 'user'; readonly text: string } }
  /** Put a text after it. Prefer this: a prefix throws away the provider's prompt cache. */
  | { readonly suffix: { readonly role: 'system' | 'user'; readonly text: string } }
  | { readonly messages: MessageRepair }
  | { readonly tools: ToolRepair }
  | { readonly parameters: ParameterRepair }
  /** Leave out the oldest turns, whole, until instructions, tools and conversation have no more characters than this. */
  | { readonly truncate: { readonly characters: number } }
  /** Send to another model (or adapter, which providers address as a model). */
  | { readonly route: { readonly model: string } };

/** Names of the operations, in the order they are documented. */
export const FIX_OPERATIONS = [
  'set',
  'unset',
  'rename',
  'clamp',
  'default',
  'map',
  'prefix',
  'suffix',
  'messages',
  'tools',
  'parameters',
  'truncate',
  'route',
] as const;

/**
 * Top-level fields no fix may write: they change the return type of the call, who pays, where it goes, or what the
 * provider stores.
 */
export const FORBIDDEN_FIELDS: readonly string[] = [
  'stream',
  'stream_options',
  'api_key',
  'apiKey',
  'headers',
  'extra_headers',
  'base_url',
  'baseURL',
  'url',
  'path',
  'query',
  'extra_query',
  'organization',
  'project',
  'user',
  'safety_identifier',
  'store',
  'previous_response_id',
  'conversation',
  '__proto__',
  'constructor',
  'prototype',
];
