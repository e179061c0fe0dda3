import { googleField, requestOf } from './google-request.js';
import { isRecord, listOf, own } from './own.js';

/** Names of functions. @see https://ai.google.dev/api/caching#FunctionDeclaration */
const NAME = /^[A-Za-z_][\w.:-]{0,63}$/;

/** Fields of a declaration in other APIs' forms, and keys such forms have around it. */
const FOREIGN_KEYS: readonly string[] = [
  'type',
  'strict',
  'input_schema',
  'inputSchema',
  'cache_control',
  'function',
];

/** True for a name the API takes. */
export function isFunctionName(name: unknown): boolean {
  return typeof name === 'string' && NAME.test(name);
}

/** The tools of a request, wherever it keeps them. */
export function toolsOf(params: unknown): readonly unknown[] {
  return listOf(own(requestOf(params), 'tools'));
}

/** The functions a tool declares. */
export function declarationsOf(tool: unknown): readonly unknown[] {
  return listOf(googleField(tool, 'functionDeclarations'));
}

/** How functions may be called. */
export function callingConfigOf(params: unknown): unknown {
  return googleField(googleField(requestOf(params), 'toolConfig'), 'functionCallingConfig');
}

/** True for a tool in another API's form: a function itself, or wrapped with its type. */
export function isForeignTool(tool: unknown): boolean {
  if (!isRecord(tool) || googleField(tool, 'functionDeclarations') !== undefined) return false;
  return isRecord(own(tool, 'function')) || typeof own(tool, 'name') === 'string';
}

/** True for a declaration with fields of another API. */
export function isForeignDeclaration(declaration: unknown): boolean {
  for (const key of FOREIGN_KEYS) if (own(declaration, key) !== undefined) return true;
  return false;
}

/** True for a tool that offers nothing. */
export function isEmptyTool(tool: unknown): boolean {
  if (!isRecord(tool) || Object.getPrototypeOf(tool) !== Object.prototype) return false;
  for (const key in tool) {
    const value = own(tool, key);
    if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) return false;
  }
  return true;
}

/** Modes of calling functions, as Google names them, and what other APIs call them. */
const MODES: { readonly [mode: string]: string } = {
  any: 'ANY',
  auto: 'AUTO',
  mode_unspecified: 'MODE_UNSPECIFIED',
  none: 'NONE',
  required: 'ANY',
  tool: 'ANY',
  validated: 'VALIDATED',
};

/** A mode of calling functions as Google takes it, in either case: itself, or what another API's name for it means. */
export function callingMode(mode: unknown): unknown {
  const known = typeof mode === 'string' ? own(MODES, mode.toLowerCase()) : undefined;
  return known === undefined || (typeof mode === 'string' && mode.toUpperCase() === known) ? mode : known;
}
