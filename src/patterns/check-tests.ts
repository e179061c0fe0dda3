import { show } from '../contract/errors.js';
import { jsonProblem } from './arguments.js';
import { unknownApi } from './check-scope.js';
import { KNOWN_APIS, parameterProblem } from './fields.js';
import { didYouMean } from './nearest.js';
import { isRecord, own } from './own.js';
import type { DocumentPath, Report } from './report.js';
import { CONTEXT_FIELDS } from './view-fields.js';

const TEST_KEYS: readonly string[] = ['name', 'request', 'expect'];
/** Keys of a request that are not parameters. */
const TEXT_KEYS: readonly string[] = ['provider', 'api', 'operation'];
const CONTEXT_KEYS: readonly string[] = CONTEXT_FIELDS.map((field) => field.slice('context.'.length));

/** Checks the tests of a pattern and reports everything that is wrong with them. @param apis - those the pattern is for. */
export function checkTests(
  tests: unknown,
  path: DocumentPath,
  { report, apis }: { readonly report: Report; readonly apis: readonly string[] },
): void {
  if (!Array.isArray(tests) || tests.length === 0) {
    return report(path, `must be a list of at least one test, received ${show(tests)}`);
  }
  tests.forEach((test: unknown, index) => {
    const at = [...path, index];
    if (!hasKeys(test, TEST_KEYS, at, report)) return;
    const { name, request, expect } = test;
    if (name !== undefined && (typeof name !== 'string' || name === ''))
      report([...at, 'name'], `must be a text, received ${show(name)}`);
    checkRequest(request, [...at, 'request'], { report, apis });
    checkExpectation(expect, [...at, 'expect'], report);
  });
}

function checkRequest(
  request: unknown,
  path: DocumentPath,
  { report, apis }: { readonly report: Report; readonly apis: readonly string[] },
): void {
  if (!isRecord(request))
    return report(path, `must be an object with the parameters of a request, received ${show(request)}`);
  const api = own(request, 'api');
  const known = typeof api === 'string' && KNOWN_APIS.includes(api) ? [api] : apis;
  for (const [key, value] of Object.entries(request)) {
    const at = [...path, key];
    if (TEXT_KEYS.includes(key)) checkText(key, value, at, report);
    else if (key === 'context') checkContext(value, at, report);
    else if (key === 'params') checkParameters(value, at, report);
    else checkParameter(key, value, at, { report, apis: known });
  }
}

function checkText(key: string, value: unknown, path: DocumentPath, report: Report): void {
  if (typeof value !== 'string' || value === '') report(path, `must be a text, received ${show(value)}`);
  else if (key === 'api' && !KNOWN_APIS.includes(value)) report(path, unknownApi(value));
}

function checkContext(value: unknown, path: DocumentPath, report: Report): void {
  if (!hasKeys(value, CONTEXT_KEYS, path, report)) return;
  for (const [key, part] of Object.entries(value)) {
    const isList = Array.isArray(part) && part.every((tag) => typeof tag === 'string');
    const fits = key === 'tags' ? isList : typeof part === 'string';
    if (!fits) {
      const rule = key === 'tags' ? 'a list of texts' : 'a text';
      report([...path, key], `must be ${rule}, received ${show(part)}`);
    }
  }
}

function checkParameter(
  name: string,
  value: unknown,
  path: DocumentPath,
  { report, apis }: { readonly report: Report; readonly apis: readonly string[] },
): void {
  const problem = parameterProblem(name, apis);
  if (name.includes('.')) report(path, `"${name}" is a path; a request is written as objects`, 'key');
  else if (problem !== undefined) report(path, problem, 'key');
  const fault = jsonProblem(value);
  if (fault !== undefined) report(path, `${fault}; received ${show(value)}`);
}

function checkParameters(value: unknown, path: DocumentPath, report: Report): void {
  const problem = isRecord(value) ? jsonProblem(value) : 'must be an object of parameters';
  if (problem !== undefined) report(path, `${problem}; received ${show(value)}`);
}

function checkExpectation(value: unknown, path: DocumentPath, report: Report): void {
  if (value === 'pass' || value === 'fix') return;
  if (!isRecord(value)) {
    return report(
      path,
      `must be pass, fix or { params: <the repaired parameters> }; received ${show(value)}`,
    );
  }
  if (!hasKeys(value, ['params'], path, report)) return;
  if (Object.hasOwn(value, 'params')) checkParameters(value['params'], [...path, 'params'], report);
  else if (Object.keys(value).length === 0)
    report(path, 'must name the repaired parameters, as { params: ... }');
}

function hasKeys(
  value: unknown,
  keys: readonly string[],
  path: DocumentPath,
  report: Report,
): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) {
    report(path, `must be an object with ${keys.join(', ')}; received ${show(value)}`);
    return false;
  }
  for (const key of Object.keys(value)) {
    if (keys.includes(key)) continue;
    const hint = didYouMean(key, keys);
    report([...path, key], `unknown key "${key}".${hint} Accepted: ${keys.join(', ')}`, 'key');
  }
  return true;
}
