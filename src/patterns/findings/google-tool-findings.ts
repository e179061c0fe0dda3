// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import { findInSchema, unionOf } from '../google-schema.js';
import { googleField, isSdkForm, settingsOf } from '../google-request.js';
import {
  callingConfigOf,
  callingMode,
  declarationsOf,
  isEmptyTool,
  isForeignDeclaration,
  isForeignTool,
  isFunctionName,
  toolsOf,
} from '../google-tools.js';
import { isRecord, listOf, own } from '../own.js';
import type { FindingName } from './finding-names.js';

/** What stands out in the tools of a request to Google, in the choice among them and in the schema of the answer. */
export function googleToolFindings(params: unknown, found: FindingName[]): void {
  const tools = toolsOf(params);
  const isSdk = isSdkForm(params);
  let names: Set<unknown> | undefined;
  let others = false;
  for (const tool of tools) {
    if (isEmptyTool(tool)) found.push('tool_empty');
    if (isForeignTool(tool)) found.push('tool_of_other_api');
    const declared = declarationsOf(tool);
    if (declared.length > 0) names ??= new Set();
    for (const declaration of declared) findInDeclaration(declaration, isSdk, names, found);
    others ||= hasOtherTool(tool, found);
  }
  if (names !== undefined && others) found.push('tools_mixed');
  if (names !== undefined || !tools.some(isOpaque)) findInChoice(params, names, found);
  const schema = googleField(settingsOf(params), 'responseSchema');
  if (schema !== undefined) findSchema(schema, isSdk, found);
}

function findInDeclaration(
  declaration: unknown,
  isSdk: boolean,
  names: Set<unknown> | undefined,
  found: FindingName[],
): void {
  const name = own(declaration, 'name');
  if (typeof name === 'string' && !isFunctionName(name)) found.push('function_name_invalid');
  if (names?.has(name)) found.push('function_name_twice');
  names?.add(name);
  if (isForeignDeclaration(declaration)) found.push('tool_of_other_api');
  const parameters = own(declaration, 'parameters') ?? undefined;
  if (parameters !== undefined) {
    if ((googleField(declaration, 'parametersJsonSchema') ?? undefined) !== undefined)
      found.push('schema_twice');
    if (unionOf(parameters).length > 0) found.push('schema_root_union');
    findSchema(parameters, isSdk, found);
  }
  findSchema(own(declaration, 'response'), isSdk, found);
}

/** The SDK sends a schema that names its dialect as JSON Schema, and adapts lists of types and additional properties by itself. */
function findSchema(schema: unknown, isSdk: boolean, found: FindingName[]): void {
  if (!isRecord(schema) || (isSdk && own(schema, '$schema') !== undefined)) return;
  if (!isSdk) return findInSchema(schema, found);
  const inside: FindingName[] = [];
  findInSchema(schema, inside);
  for (const finding of inside)
    if (finding !== 'schema_type_list' && finding !== 'schema_keyword_of_vertex') found.push(finding);
}

/** Whether a tool is one that Google runs. */
function hasOtherTool(tool: unknown, found: FindingName[]): boolean {
  if (!isRecord(tool)) return false;
  if ((googleField(tool, 'googleSearchRetrieval') ?? undefined) !== undefined)
    found.push('search_tool_of_gemini_1');
  return OTHERS.some((name) => (googleField(tool, name) ?? undefined) !== undefined);
}

const OTHERS: readonly string[] = ['googleSearch', 'googleSearchRetrieval', 'codeExecution', 'urlContext'];

/** True for a tool that says only when it is asked what it declares: the SDK's own, for MCP servers. */
function isOpaque(tool: unknown): boolean {
  return !isRecord(tool) || Object.getPrototypeOf(tool) !== Object.prototype;
}

function findInChoice(params: unknown, names: ReadonlySet<unknown> | undefined, found: FindingName[]): void {
  const config = callingConfigOf(params);
  if (!isRecord(config)) return;
  const mode = own(config, 'mode');
  const allowed = listOf(googleField(config, 'allowedFunctionNames'));
  if (names === undefined) {
    if (mode !== undefined || allowed.length > 0) found.push('function_choice_unknown');
    return;
  }
  if (callingMode(mode) !== mode) found.push('function_choice_unknown');
  if (allowed.length === 0) return;
  const isDemanded = typeof mode === 'string' && /^(?:any|validated)$/i.test(mode);
  if (!isDemanded || !allowed.every((name) => names.has(name))) found.push('function_choice_unknown');
}
