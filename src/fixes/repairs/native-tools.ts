import { BEDROCK_CONVERSE } from '../../patterns/conversation.js';
import { isForeignTool } from '../../patterns/findings/anthropic-tools.js';
import { isForeignSpec } from '../../patterns/findings/converse-tools.js';
import { isRecord, listOf, own } from '../../patterns/own.js';
import { getAt, setAt } from '../at-path.js';
import { type Fields, copyWith, copyWithout, rewrite } from '../copy.js';

const NO_PARAMETERS: Fields = Object.freeze({ type: 'object', properties: Object.freeze({}) });

/** Declares tools of OpenAI, MCP and each other the way Anthropic or Converse do, and the choice among them. */
export function nativeTools(api: string, params: Fields): Fields {
  if (api === BEDROCK_CONVERSE) return converseTools(params);
  const tools = listOf(params['tools']);
  const next = rewrite(tools, (tool) => [isRecord(tool) && isForeignTool(tool) ? anthropicTool(tool) : tool]);
  return nativeChoice(next === tools ? params : copyWith(params, 'tools', next));
}

function anthropicTool(tool: Fields): Fields {
  const { name, description, schema, strict } = partsOf(tool);
  const mark = own(tool, 'cache_control');
  return {
    name,
    ...(typeof description === 'string' && { description }),
    input_schema: schema,
    ...(strict === true && { strict }),
    ...(mark !== undefined && { cache_control: mark }),
  };
}

/** Name, description and parameters of a tool in any of the forms. */
function partsOf(tool: Fields): { readonly [part in 'name' | 'description' | 'schema' | 'strict']: unknown } {
  const spec = own(tool, 'function') ?? tool;
  const schema = ['input_schema', 'parameters', 'inputSchema'].map((key) => own(spec, key)).find(isRecord);
  return {
    name: own(spec, 'name'),
    description: own(spec, 'description'),
    schema: schema ?? NO_PARAMETERS,
    strict: own(spec, 'strict'),
  };
}

function converseTools(params: Fields): Fields {
  const path = ['toolConfig', 'tools'];
  const tools = listOf(getAt(params, path));
  const next = rewrite(tools, (tool) => {
    if (!isRecord(tool) || !isForeignSpec(tool)) return [tool];
    const { name, description, schema } = partsOf(tool);
    const says = typeof description === 'string' && description !== '' && { description };
    return [{ toolSpec: { name, ...says, inputSchema: { json: own(schema, 'json') ?? schema } } }];
  });
  return next === tools ? params : setAt(params, path, next);
}

/** Words of other APIs for the kinds of choice. */
const CHOICES: { readonly [word: string]: string } = {
  auto: 'auto',
  none: 'none',
  any: 'any',
  required: 'any',
};

function nativeChoice(params: Fields): Fields {
  const choice = params['tool_choice'];
  const word = typeof choice === 'string' ? choice : own(choice, 'type');
  const name = own(own(choice, 'function'), 'name') ?? own(choice, 'name');
  if (word === 'function' && typeof name === 'string')
    return copyWith(params, 'tool_choice', { type: 'tool', name });
  if (choice === null) return copyWithout(params, 'tool_choice');
  if (typeof word !== 'string' || !Object.hasOwn(CHOICES, word)) return params;
  const type = CHOICES[word];
  if (typeof choice === 'string') return copyWith(params, 'tool_choice', { type });
  return isRecord(choice) && word !== type
    ? copyWith(params, 'tool_choice', copyWith(choice, 'type', type))
    : params;
}
