// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Params } from '../../contract/request.js';
import { typeOf } from '../conversation.js';
import { isFunctionName } from '../function-name.js';
import { isRecord, listOf, own } from '../own.js';
import { forcesRepeatedCall } from '../repeated-calls.js';
import { hasRootCombinator, isFaultyRoot, isFaultySchema } from '../schema/schema-faults.js';
import { isLooseSchema, isOpenMap } from '../schema/strict-faults.js';
import { type SchemaObject, walkSchema } from '../schema/walk-schema.js';
import type { FindingName } from './finding-names.js';

/** Longest description of a function, in characters. */
const MAX_DESCRIPTION = 1024;

/** Adds what stands out in the tools of OpenAI's form, the choice among them, and the schemas they and the format have. */
export function toolFindings(params: Params, found: FindingName[]): void {
  const tools = listOf(own(params, 'tools'));
  for (const tool of tools) toolFinding(tool, found);
  for (const definition of listOf(own(params, 'functions'))) functionFinding(definition, found);
  const format = own(own(params, 'response_format'), 'json_schema');
  formatFinding(own(params, 'response_format'), found);
  if (isRecord(format)) schemaFindings(own(format, 'schema'), own(format, 'strict') === true, found);
  const choice = own(params, 'tool_choice');
  if (choice === undefined || tools.length === 0) return;
  choiceFinding(choice, tools, found);
  if (forcesRepeatedCall(params)) found.push('repeated_forced_call');
}

/** A schema that lies flat in the format, or in place of the object that holds it. */
function formatFinding(format: unknown, found: FindingName[]): void {
  if (typeOf(format) !== 'json_schema') return;
  const holder = own(format, 'json_schema');
  const isFlat = !isRecord(holder) && isRecord(own(format, 'schema'));
  if (isFlat || (own(holder, 'schema') === undefined && isRecord(own(holder, 'properties'))))
    found.push('other_format_shape');
}

function toolFinding(tool: unknown, found: FindingName[]): void {
  if (!isRecord(tool)) return;
  const definition = own(tool, 'function');
  if (isRecord(definition)) {
    if (own(tool, 'type') === undefined) found.push('other_tool_shape');
    functionFinding(definition, found);
  } else if (isOtherShape(tool)) found.push('other_tool_shape');
}

/** A function in Anthropic's form, or in that of OpenAI's responses or a bare definition. */
function isOtherShape(tool: SchemaObject): boolean {
  if (typeof own(tool, 'name') !== 'string') return false;
  const type = own(tool, 'type');
  if (type === undefined) return isRecord(own(tool, 'input_schema')) || isRecord(own(tool, 'parameters'));
  return type === 'function' || (type === 'custom' && isRecord(own(tool, 'input_schema')));
}

/** Adds what stands out in the definition of one function. */
export function functionFinding(definition: unknown, found: FindingName[]): void {
  if (!isRecord(definition)) return;
  const name = own(definition, 'name');
  if (typeof name === 'string' && !isFunctionName(name)) found.push('offered_name');
  const description = own(definition, 'description');
  if (typeof description === 'string' && description.length > MAX_DESCRIPTION) found.push('long_description');
  const parameters = own(definition, 'parameters');
  if (parameters === undefined) return;
  if (!isRecord(parameters)) {
    if (parameters === null || Array.isArray(parameters) || typeof parameters === 'string')
      found.push('faulty_schema');
    return;
  }
  if (hasRootCombinator(parameters)) found.push('root_combinator');
  else if (isFaultyRoot(parameters)) found.push('faulty_schema');
  schemaFindings(parameters, own(definition, 'strict') === true, found);
}

/** Adds what stands out in one schema. */
export function schemaFindings(schema: unknown, isStrict: boolean, found: FindingName[]): void {
  if (walkSchema(schema, isFaultySchema)) found.push('faulty_schema');
  if (!isStrict || !isRecord(schema)) return;
  if (walkSchema(schema, isLooseSchema)) found.push('loose_schema');
  if (walkSchema(schema, isOpenMap)) found.push('open_map');
}

function choiceFinding(choice: unknown, tools: readonly unknown[], found: FindingName[]): void {
  if (typeof choice === 'string') {
    if (choice !== 'auto' && choice !== 'none' && choice !== 'required') found.push('other_tool_choice');
    return;
  }
  const type = typeOf(choice);
  if (type === 'auto' || type === 'any' || type === 'none' || type === 'tool' || type === 'required') {
    found.push('other_tool_choice');
  } else if (type === 'function' || type === '') {
    const name = own(own(choice, 'function'), 'name');
    if (typeof name !== 'string') found.push('other_tool_choice');
    else if (!tools.some((tool) => offeredName(tool) === name)) found.push('absent_tool_choice');
  }
}

function offeredName(tool: unknown): unknown {
  return own(own(tool, 'function'), 'name') ?? own(own(tool, 'custom'), 'name') ?? own(tool, 'name');
}
