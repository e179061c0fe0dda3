import type { PatternDefinition } from '../contract/pattern.js';
import type { PatternTest, TestRequest } from '../contract/pattern-test.js';
import type { Params, RequestContext, RequestView } from '../contract/request.js';
import { apiDefault } from './api-defaults.js';
import { isRecord, own } from './own.js';
import type { PackText } from './parse-pack.js';
import type { DocumentPath } from './report.js';

/** A test of a pack with the pattern it is for and where it stands. */
export interface PlacedTest {
  readonly pattern: PatternDefinition;
  readonly test: PatternTest;
  readonly path: DocumentPath;
}

/** The API of a test whose pattern names none. */
const ANY_API = 'openai.chat.completions';

/** Every test of a pack, in the order of the text. */
export function testsOf({ pack, document: { value } }: PackText): readonly PlacedTest[] {
  const list = Array.isArray(value) ? value : own(value, 'patterns');
  const top: DocumentPath = Array.isArray(value) ? [] : ['patterns'];
  return pack.patterns.flatMap((pattern, index) => {
    const raw: unknown = Array.isArray(list) ? list[index] : value;
    const path = Array.isArray(list) ? [...top, index, 'tests'] : ['tests'];
    const tests = own(raw, 'tests');
    // The pack was checked, and its tests with it.
    return (Array.isArray(tests) ? (tests as readonly PatternTest[]) : []).map((test, number) => ({
      pattern,
      test,
      path: [...path, number],
    }));
  });
}

/** The request of a test as a process would see it; what the test leaves out, the pattern's own words fill in. */
export function viewOf(request: TestRequest, { match, scope }: PatternDefinition): RequestView {
  const { provider, api: named, operation, context, params: further, ...parameters } = request;
  const api = named ?? scope?.api?.[0] ?? firstText(match['api']) ?? ANY_API;
  const defaults = apiDefault(api);
  const params: Params = { ...parameters, ...further };
  const model = params['model'] ?? params['modelId']; // Bedrock's name for it
  return {
    provider: provider ?? scope?.provider?.[0] ?? firstText(match['provider']) ?? defaults.provider,
    operation: operation ?? defaults.operation,
    api,
    model: typeof model === 'string' ? model : undefined,
    params,
    ...contextOf(context, scope?.agent?.[0]),
  };
}

function contextOf(
  context: RequestContext | undefined,
  agent: string | undefined,
): { readonly context?: RequestContext } {
  if (agent === undefined) return context ? { context } : {};
  return { context: { agent, ...context } };
}

/** The first text a plain condition, `=` or `in` accepts. */
function firstText(condition: unknown): string | undefined {
  const accepted = isRecord(condition) ? (condition['='] ?? condition['in']) : condition;
  const first: unknown = Array.isArray(accepted) ? accepted[0] : accepted;
  return typeof first === 'string' ? first : undefined;
}
