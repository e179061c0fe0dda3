import { PackError, show, type PackProblem } from '../../contract/errors.js';
import type { Json, Params } from '../../contract/request.js';
import { isRecord } from '../../patterns/own.js';
import { readYaml } from '../../patterns/yaml-document.js';
import { formatPath, type DocumentPath } from '../../patterns/report.js';
import { readPackFile } from '../commands/pack-files.js';

/**
 * What is to become of a golden request. `pass`: it is healthy and leaves as it came. `fix`: the provider refuses it, and
 * it is repaired without loss. `lossy`: repaired only where losing something is allowed.
 */
export type GoldenExpectation = 'pass' | 'fix' | 'lossy';

/** A request whose outcome is known. */
export interface GoldenRequest {
  readonly name: string;
  readonly provider: string;
  readonly api: string;
  readonly expect: GoldenExpectation;
  readonly body: Params;
  /** What goes wrong, the same words for the same kind: the row of a table of results. */
  readonly class: string;
  /** The repaired body; any repair will do when left out. */
  readonly repaired?: Json;
  /** How the provider refuses it. */
  readonly error?: { readonly status: number; readonly message: string };
  /** Where that is documented. */
  readonly source?: string;
}

/** The golden requests of one family of providers. */
export interface GoldenFile {
  readonly family: string;
  readonly requests: readonly GoldenRequest[];
}

const KEYS: { readonly [key: string]: (value: unknown) => string | undefined } = {
  name: text,
  provider: text,
  api: text,
  class: text,
  expect: (value) =>
    value === 'pass' || value === 'fix' || value === 'lossy' ? undefined : 'must be pass, fix or lossy',
  body: (value) => (isRecord(value) ? undefined : 'must be the parameters of the request'),
  repaired: (value) => (isRecord(value) ? undefined : 'must be the parameters of the repaired request'),
  error: (value) =>
    isRecord(value) && typeof value['status'] === 'number' && typeof value['message'] === 'string'
      ? undefined
      : 'must be an object of status, a number, and message, a text',
  source: text,
};
const OPTIONAL: readonly string[] = ['repaired', 'error', 'source'];

/**
 * Reads a file of golden requests.
 * @throws {PackError} with everything that is wrong, and where.
 * @throws {ArcError} `ARC_USAGE` when the file cannot be read.
 */
export function readGoldenFile(file: string): GoldenFile {
  const document = readYaml(readPackFile(file), file);
  const problems: PackProblem[] = [...document.problems];
  const report = (path: DocumentPath, message: string): void => {
    problems.push({ position: document.locate(path, 'value'), field: formatPath(path), message });
  };
  if (problems.length === 0) checkFile(document.value, report);
  if (problems.length > 0) throw new PackError(problems);
  return document.value as GoldenFile; // checked just now
}

type Tell = (path: DocumentPath, message: string) => void;

function checkFile(value: unknown, report: Tell): void {
  if (!isRecord(value))
    return report([], `must be an object of family and requests, received ${show(value)}`);
  const { family, requests } = value;
  if (text(family) !== undefined) report(['family'], `must be a text, received ${show(family)}`);
  if (!Array.isArray(requests)) return report(['requests'], `must be a list, received ${show(requests)}`);
  requests.forEach((request: unknown, index) => checkRequest(request, ['requests', index], report));
}

function checkRequest(request: unknown, path: DocumentPath, report: Tell): void {
  if (!isRecord(request)) return report(path, `must be a request, received ${show(request)}`);
  for (const key of Object.keys(request)) {
    if (!Object.hasOwn(KEYS, key))
      report([...path, key], `unknown key. Accepted: ${Object.keys(KEYS).join(', ')}`);
  }
  for (const [key, check] of Object.entries(KEYS)) {
    const value = request[key];
    const problem = value === undefined && OPTIONAL.includes(key) ? undefined : check(value);
    if (problem !== undefined) report([...path, key], `${problem}; received ${show(value)}`);
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'must be a text';
}
