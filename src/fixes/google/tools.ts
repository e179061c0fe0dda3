import { googleField, isSdkForm, keyIn, requestPath } from '../../patterns/google-request.js';
import {
  declarationsOf,
  isEmptyTool,
  isForeignDeclaration,
  isForeignTool,
  toolsOf,
} from '../../patterns/google-tools.js';
import { unionOf } from '../../patterns/google-schema.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt, setAt, unsetAt } from '../at-path.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { openApiSchema } from './open-api-schema.js';

/** The request with other tools; without them where none are left. */
function withTools(params: Fields, tools: readonly unknown[]): Fields {
  const path = [...requestPath(params), 'tools'];
  if (tools === getAt(params, path)) return params;
  return tools.length === 0 ? unsetAt(params, path) : setAt(params, path, tools);
}

/** Changes the declared functions one by one. */
export function rewriteDeclarations(
  params: Fields,
  change: (declaration: Fields) => readonly unknown[],
): Fields {
  const tools = rewrite(toolsOf(params), (tool) => {
    if (!isRecord(tool)) return [tool];
    const declared = declarationsOf(tool);
    const next = rewrite(declared, (item) => (isRecord(item) ? change(item) : [item]));
    return [next === declared ? tool : copyWith(tool, keyIn(tool, 'functionDeclarations'), next)];
  });
  return toolsOf(params).length === 0 ? params : withTools(params, tools);
}

/** Removes tools that offer nothing. */
export function dropEmptyGoogleTools(params: Fields): Fields {
  return withTools(
    params,
    rewrite(toolsOf(params), (tool) => (isEmptyTool(tool) ? [] : [tool])),
  );
}

/** Rewrites tools of other APIs as declarations of functions. */
export function googleTools(params: Fields): Fields {
  const foreign = toolsOf(params).filter(isForeignTool);
  const rest = rewrite(toolsOf(params), (tool) => (isForeignTool(tool) ? [] : [tool]));
  const declared = foreign.map((tool) => (isRecord(own(tool, 'function')) ? own(tool, 'function') : tool));
  const shaped =
    foreign.length === 0 ? params : withTools(params, [...rest, { functionDeclarations: declared }]);
  return rewriteDeclarations(shaped, (declaration) => [
    isForeignDeclaration(declaration) ? googleDeclaration(declaration) : declaration,
  ]);
}

function googleDeclaration(declaration: Fields): Fields {
  const inner = own(declaration, 'function');
  const base = isRecord(inner) ? inner : declaration;
  const schema = own(base, 'input_schema') ?? own(base, 'inputSchema');
  const bare = ['type', 'strict', 'input_schema', 'inputSchema', 'cache_control', 'function'].reduce(
    copyWithout,
    base,
  );
  const isNew =
    schema !== undefined && (own(bare, 'parameters') ?? own(bare, 'parametersJsonSchema')) === undefined;
  return isNew ? copyWith(bare, 'parameters', schema) : bare;
}

/** Keeps the first of several functions of one name. */
export function uniqueFunctions(params: Fields): Fields {
  const names = new Set<unknown>();
  return rewriteDeclarations(params, (declaration) => {
    const name = own(declaration, 'name');
    if (typeof name === 'string' && names.has(name)) return [];
    names.add(name);
    return [declaration];
  });
}

/** Names the tool for search as models from Gemini 2.0 on do. */
export function searchTool(params: Fields): Fields {
  const tools = rewrite(toolsOf(params), (tool) => {
    const key = keyIn(tool, 'googleSearchRetrieval');
    if (!isRecord(tool) || own(tool, key) === undefined) return [tool];
    const bare = copyWithout(tool, key);
    return [googleField(bare, 'googleSearch') === undefined ? copyWith(bare, 'googleSearch', {}) : bare];
  });
  return toolsOf(params).length === 0 ? params : withTools(params, tools);
}

/** Removes tools that Google runs where functions are declared. */
export function functionsAlone(params: Fields): Fields {
  return withTools(
    params,
    rewrite(toolsOf(params), (tool) => {
      const key = keyIn(tool, 'functionDeclarations');
      const declared = own(tool, key);
      if (declared === undefined || !isRecord(tool)) return [];
      return [Object.keys(tool).length === 1 ? tool : { [key]: declared }];
    }),
  );
}

/** Brings the schemas of functions and of the answer into the subset of OpenAPI that Google takes. */
export function openApiSchemas(params: Fields): Fields {
  const declared = rewriteDeclarations(params, (declaration) => [
    withSchema(withSchema(withoutTwin(declaration), 'parameters', params), 'response', params),
  ]);
  const path = isSdkForm(declared) ? ['config'] : [keyIn(declared, 'generationConfig')];
  const key = keyIn(getAt(declared, path), 'responseSchema');
  const schema = getAt(declared, [...path, key]);
  const next = openApiSchema(schema);
  return next === schema || next === undefined ? declared : setAt(declared, [...path, key], next);
}

/** Of two schemas for the same parameters one goes: the other may say more. */
function withoutTwin(declaration: Fields): Fields {
  const isTwice = (googleField(declaration, 'parametersJsonSchema') ?? null) !== null;
  return isTwice ? copyWithout(declaration, 'parameters') : declaration;
}

function withSchema(declaration: Fields, key: string, params: Fields): Fields {
  const schema = own(declaration, key);
  // The SDK sends a schema that names its dialect as JSON Schema, of which the API takes more.
  if (!isRecord(schema) || (isSdkForm(params) && own(schema, '$schema') !== undefined)) return declaration;
  const next = objectOf(openApiSchema(schema));
  if (next === schema) return declaration;
  return next === undefined ? copyWithout(declaration, key) : copyWith(declaration, key, next);
}

/** Parameters are one object: of alternatives it has all properties, and requires what all of them require. */
function objectOf(schema: unknown): unknown {
  const options = unionOf(schema).filter((option) => isRecord(own(option, 'properties')));
  if (options.length === 0) return schema;
  const [first, ...others] = options.map((option) => listOf(own(option, 'required')));
  const required = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
  const properties = Object.assign({}, ...options.map((option) => own(option, 'properties'))) as Fields; // each of them is one
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}
