// HOT: runs on every LLM call that a pack has findings for. Benchmark: npm run bench -- match
import type { RequestView } from '../../contract/request.js';
import { contentsOf, googleField, partsOf, requestOf } from '../google-request.js';
import { mediaFault } from '../google-media.js';
import { hasMalformedSetting } from '../google-settings.js';
import { isOldSafetyCategory, isVertexSafetyCategory } from '../google-safety.js';
import { foreignParts, isRestBody, misplacedFields } from '../google-shapes.js';
import {
  answerOf,
  callOf,
  currentTurn,
  isBlankPart,
  isEmptyContent,
  isIncompletePart,
  isKnownRole,
  isModelTurn,
  isPartWithoutData,
  roleOfParts,
  turnFault,
  unsignedCall,
  usesTools,
} from '../google-turns.js';
import { listOf, own } from '../own.js';
import { isWellFormed } from '../well-formed.js';
import type { FactCache } from '../request-pairing.js';
import type { FindingName } from './finding-names.js';
import { googleToolFindings } from './google-tool-findings.js';

/** What stands out in a request to Google, as its SDK or its REST API takes it. */
export function googleFindings(view: RequestView, _cache: FactCache, found: FindingName[]): void {
  const { params } = view;
  const contents = contentsOf(params);
  let calls = false;
  for (let index = 0; index < contents.length; index += 1) {
    const content = contents[index];
    findInContent(content, found);
    if (!usesTools(content)) continue;
    const fault = turnFault(contents[index - 1], content, contents[index + 1]);
    if (fault !== undefined) found.push(fault);
    if (roleOfParts(content) !== undefined) found.push('role_of_other_api');
    calls ||= unsignedCall(content) !== undefined;
  }
  if (calls) findUnsigned(contents, found);
  if (isRestBody(params) && typeof own(params, 'contents') === 'string') found.push('content_of_other_api');
  findInInstructions(params, found);
  findInSafety(params, found);
  if (misplacedFields(params).length > 0) found.push('field_misplaced');
  if (hasMalformedSetting(params)) found.push('setting_malformed');
  googleToolFindings(params, found);
}

function findInContent(content: unknown, found: FindingName[]): void {
  const role = own(content, 'role');
  if (!isKnownRole(role)) found.push('role_of_other_api');
  else if ((role ?? '') === '' && own(content, 'parts') !== undefined) found.push('content_without_role');
  if (foreignParts(content) !== undefined) found.push('content_of_other_api');
  else if (isEmptyContent(content)) found.push('content_without_data');
  const mayBeBlank = isModelTurn(content);
  for (const part of partsOf(content)) {
    if (!isWellFormed(textOf(part))) found.push('lone_surrogate');
    if (isPartWithoutData(part) || (!mayBeBlank && isBlankPart(part))) found.push('content_without_data');
    if (isIncompletePart(part)) found.push('tool_call_incomplete');
    if (mediaFault(googleField(part, 'inlineData')) !== undefined) found.push('media_unclean');
  }
}

/** What of a part is text: all of a call or its result, but no media, whose bytes are base64. */
function textOf(part: unknown): unknown {
  return own(part, 'text') ?? answerOf(part) ?? callOf(part);
}

function findUnsigned(contents: readonly unknown[], found: FindingName[]): void {
  for (let index = currentTurn(contents) + 1; index < contents.length; index += 1) {
    const content = contents[index];
    if (isModelTurn(content) && unsignedCall(content) !== undefined) found.push('thought_signature_missing');
  }
}

function findInInstructions(params: unknown, found: FindingName[]): void {
  const instructions = googleField(requestOf(params), 'systemInstruction');
  if (instructions === undefined || instructions === null) return;
  if (isEmptyContent(instructions)) found.push('content_without_data');
  if (!isWellFormed(instructions)) found.push('lone_surrogate');
  if (isRestBody(params) && (typeof instructions === 'string' || Array.isArray(instructions)))
    found.push('content_of_other_api');
}

function findInSafety(params: unknown, found: FindingName[]): void {
  const settings = listOf(googleField(requestOf(params), 'safetySettings'));
  for (let index = 0; index < settings.length; index += 1) {
    const category = own(settings[index], 'category');
    const isOld = isOldSafetyCategory(category) || isNamedBefore(settings, index, category);
    if (isOld) found.push('safety_category_unknown');
    if (isVertexSafetyCategory(category)) found.push('safety_category_of_vertex');
  }
}

/** Settings are few: a category has one. */
function isNamedBefore(settings: readonly unknown[], end: number, category: unknown): boolean {
  for (let index = Math.max(0, end - 20); index < end; index += 1)
    if (own(settings[index], 'category') === category) return true;
  return false;
}
