// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { Params, RequestView } from '../../contract/request.js';
import { eachTextOf, typeOf } from '../conversation.js';
import { isRecord, listOf, own } from '../own.js';
import type { FactCache } from '../request-pairing.js';
import { hasCallDataOfWrongType } from '../responses/call-data.js';
import { isChatItem } from '../responses/chat-shapes.js';
import { hasForeignField } from '../responses/fields.js';
import { isForeignParameter } from '../responses/foreign-parameters.js';
import { hasRefusedCallId, hasRefusedId } from '../responses/ids.js';
import { hasServerItems, isCallItem, itemsOfInput } from '../responses/items.js';
import { pairItems } from '../responses/pairing.js';
import { eachWithoutReasoning, lacksSummary, strayReasoningAt } from '../responses/reasoning.js';
import type { FindingName } from './finding-names.js';
import { createLooks } from './parameter-findings.js';
import { calledNameFinding, responsesToolFindings } from './responses-tool-findings.js';

const lookAtAll = createLooks(isForeignParameter);

/** What stands out in the items of `input`, and in the flat tools beside them. */
export function responsesFindings({ params }: RequestView, _cache: FactCache, found: FindingName[]): void {
  responsesToolFindings(params, found);
  lookAtAll(params, found);
  if (Array.isArray(own(params, 'messages')) || isRecord(own(params, 'input')))
    found.push('chat_shape_in_input');
  findInItems(params, found);
  if (!isWellFormed(own(params, 'input')) || !isWellFormed(own(params, 'instructions')))
    found.push('lone_surrogate');
  if (lacksJson(params)) found.push('json_unmentioned');
}

function findInItems(params: Params, found: FindingName[]): void {
  const items = itemsOfInput(params);
  let ids: Set<string> | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    findInItem(item, found);
    const id = own(item, 'id');
    if (typeof id === 'string' && id !== '') {
      if (ids?.has(id)) found.push('duplicate_item');
      else (ids ??= new Set()).add(id);
    }
    const stray = strayReasoningAt(params, index);
    if (stray !== undefined) found.push(stray === 'orphan' ? 'orphan_reasoning' : 'unstored_reasoning');
    if (typeOf(item) === 'item_reference' && own(params, 'store') === false) found.push('unstored_reference');
  }
  findInPairs(params, found);
  if (ids !== undefined && !hasServerItems(params)) {
    eachWithoutReasoning(items, () => found.push('item_without_reasoning'));
  }
}

function findInItem(item: unknown, found: FindingName[]): void {
  if (isChatItem(item)) found.push('chat_shape_in_input');
  if (hasForeignField(item)) found.push('foreign_item_field');
  if (hasRefusedId(item)) found.push('refused_item_id');
  if (hasRefusedCallId(item)) found.push('refused_call_id');
  if (hasCallDataOfWrongType(item)) found.push('call_data_of_wrong_type');
  if (isCallItem(item)) calledNameFinding(item, found);
  if (lacksSummary(item)) found.push('reasoning_without_summary');
  if (!isWellFormedItem(item)) found.push('lone_surrogate');
}

function findInPairs(params: Params, found: FindingName[]): void {
  const { orphans, open } = pairItems(params);
  if (orphans.length > 0) found.push('orphan_tool_result');
  if (open.length > 0) found.push('open_tool_call');
}

/** The texts of an item, a look into each of which is a native one. */
function isWellFormedItem(item: unknown): boolean {
  const content = own(item, 'content');
  if (!isWellFormed(content) || !isWellFormed(own(item, 'output')) || !isWellFormed(own(item, 'arguments')))
    return false;
  if (!Array.isArray(content)) return true;
  for (const part of listOf(content)) if (!isWellFormed(own(part, 'text'))) return false;
  return true;
}

function isWellFormed(text: unknown): boolean {
  return typeof text !== 'string' || text.isWellFormed();
}

/** JSON mode without the word in `input`; the instructions do not count. What the server adds cannot be seen. */
function lacksJson(params: Params): boolean {
  if (typeOf(own(own(params, 'text'), 'format')) !== 'json_object' || hasServerItems(params)) return false;
  if ((own(params, 'prompt') ?? null) !== null) return false;
  const input = own(params, 'input');
  if (typeof input === 'string') return !JSON_WORD.test(input);
  let mentions = false;
  const look = (text: string): void => {
    mentions ||= JSON_WORD.test(text);
  };
  for (const item of itemsOfInput(params)) {
    eachTextOf(own(item, 'content'), look);
    eachTextOf(own(item, 'output'), look);
    if (typeOf(item) === 'item_reference') return false;
  }
  return !mentions;
}

const JSON_WORD = /json/i;
