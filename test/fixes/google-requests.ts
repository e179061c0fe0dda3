import type { RequestView } from '../../src/contract/request.js';

type Params = Readonly<Record<string, unknown>>;

/** A request to Google. */
export function gemini(
  params: Params,
  provider = 'gcp.gemini',
  api = 'google.generate_content',
): RequestView {
  const model = typeof params['model'] === 'string' ? params['model'] : undefined;
  return { provider, operation: 'generate_content', api, model, params };
}

/** Contents of a conversation. */
export const user = (text: string): object => ({ role: 'user', parts: [{ text }] });
export const call = (name: string, rest: object = {}): object => ({
  functionCall: { name, args: {} },
  ...rest,
});
export const answer = (name: string): object => ({ functionResponse: { name, response: { output: 'x' } } });
export const said = (...parts: readonly object[]): object => ({ role: 'model', parts });
export const told = (...parts: readonly object[]): object => ({ role: 'user', parts });
/** Tools that are these functions. */
export const declare = (...functionDeclarations: readonly object[]): readonly object[] => [
  { functionDeclarations },
];
/** A question. */
export const contents: readonly object[] = [user('Name a river.')];
/** The model where it does not matter. */
export const model = 'gemini-2.5-flash';
