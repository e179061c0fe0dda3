import { typeOf } from '../../patterns/conversation.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { isChatTool } from '../../patterns/responses/tool-shapes.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';
import { joined } from './join-contents.js';

/** `tool_choice` by the names other APIs give its values. */
const CHOICES: { readonly [choice: string]: string } = {
  any: 'required',
  auto: 'auto',
  none: 'none',
  required: 'required',
};

/** Responses: tools and the choice of one are flat, a name and a schema beside the type; those of other APIs are made so. */
export function flattenTools(_api: string, params: Fields): Fields {
  return flattenChoice(flattenList(withFunctions(params)));
}

/** The legacy `functions` and `function_call` of chat completions. */
function withFunctions(params: Fields): Fields {
  const { functions, function_call: call } = params;
  let next = params;
  if (Array.isArray(functions)) {
    const tools = rewrite(listOf(functions), (item) => [isRecord(item) ? functionTool(item) : item]);
    next = copyWithout(copyWith(next, 'tools', joined(listOf(params['tools']), tools)), 'functions');
  }
  if (call === undefined) return next;
  const rest = copyWithout(next, 'function_call');
  if (params['tool_choice'] !== undefined || call === null) return rest;
  return copyWith(rest, 'tool_choice', isRecord(call) ? { type: 'function', ...call } : call);
}

function flattenList(params: Fields): Fields {
  const tools = listOf(params['tools']);
  const next = rewrite(tools, (tool) => [isRecord(tool) && isChatTool(tool) ? flatTool(tool) : tool]);
  return next === tools ? params : copyWith(params, 'tools', next);
}

function flatTool(tool: Fields): Fields {
  const type = typeOf(tool);
  const nested = own(tool, type === 'custom' ? 'custom' : 'function');
  if (!isRecord(nested)) return functionTool(tool);
  if (type !== 'custom') return functionTool(nested);
  const format = own(nested, 'format');
  const grammar = own(format, 'grammar');
  const flat: Fields = { type, ...nested };
  return isRecord(grammar) ? copyWith(flat, 'format', { type: 'grammar', ...grammar }) : flat;
}

/** Chat completions hold tools to their schema only where asked to, the Responses API wherever it can. */
function functionTool(tool: Fields): Fields {
  const { type: _, input_schema: schema, parameters, strict, ...rest } = tool;
  return {
    type: 'function',
    ...rest,
    parameters: parameters ?? schema ?? NO_PARAMETERS,
    strict: strict ?? false,
  };
}

const NO_PARAMETERS = Object.freeze({ type: 'object', properties: Object.freeze({}) });

function flattenChoice(params: Fields): Fields {
  const choice = params['tool_choice'];
  const next =
    typeof choice === 'string' ? namedChoice(choice) : isRecord(choice) ? flatChoice(choice) : choice;
  return next === choice ? params : copyWith(params, 'tool_choice', next);
}

function namedChoice(choice: string): string {
  return Object.hasOwn(CHOICES, choice) ? (CHOICES[choice] ?? choice) : choice;
}

function flatChoice(choice: Fields): unknown {
  const type = typeOf(choice);
  const nested = own(choice, type === 'custom' ? 'custom' : 'function');
  if (isRecord(nested)) return { type: type === 'custom' ? type : 'function', name: own(nested, 'name') };
  if (type === 'tool') return { type: 'function', name: own(choice, 'name') };
  return own(choice, 'name') === undefined && Object.hasOwn(CHOICES, type) ? CHOICES[type] : choice;
}
