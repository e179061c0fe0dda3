import { join } from 'node:path';
import { REPO_ROOT } from '../helpers/repo-root.js';

/** How a package is loaded: `require` gives the CommonJS copy and `import` the ES module, where it has both. */
export type Format = 'cjs' | 'esm';

/** Every way to load a package. */
export const FORMATS: readonly Format[] = ['cjs', 'esm'];

/** A package whose calls are compared. */
export interface ComparedSdk {
  /** As in test/programs/compat/sdks.cjs. */
  readonly id: string;
  readonly package: string;
  /** Where it is installed under its own name. */
  readonly folder: string;
  /** Its older releases, by their names in test/sdks, oldest first. */
  readonly older: readonly string[];
  readonly formats: readonly Format[];
  /** Packages its cases use with it. */
  readonly beside: readonly string[];
}

const NEWEST = join(REPO_ROOT, 'test', 'programs', 'compat');
const SDKS = join(REPO_ROOT, 'test', 'sdks');
const FRAMEWORKS = join(REPO_ROOT, 'test', 'frameworks');

const sdk = (id: string, name: string): ComparedSdk => ({
  id,
  package: name,
  folder: SDKS,
  older: [],
  formats: FORMATS,
  beside: [],
});

/** Every package there is a table of cases for, in the order of the page. */
export const COMPARED: readonly ComparedSdk[] = [
  { ...sdk('openai', 'openai'), folder: NEWEST, older: ['openai4', 'openai5', 'openai6'] },
  {
    ...sdk('anthropic', '@anthropic-ai/sdk'),
    folder: NEWEST,
    older: ['anthropic030', 'anthropic060', 'anthropic0'],
  },
  sdk('anthropic-bedrock', '@anthropic-ai/bedrock-sdk'),
  sdk('anthropic-vertex', '@anthropic-ai/vertex-sdk'),
  sdk('groq', 'groq-sdk'),
  sdk('together', 'together-ai'),
  sdk('google-genai', '@google/genai'),
  sdk('mistral', '@mistralai/mistralai'),
  sdk('cohere', 'cohere-ai'),
  sdk('ollama', 'ollama'),
  sdk('bedrock', '@aws-sdk/client-bedrock-runtime'),
  { ...sdk('vercel-ai', 'ai'), folder: FRAMEWORKS, beside: ['@ai-sdk/openai', '@ai-sdk/anthropic'] },
  {
    ...sdk('langchain', '@langchain/langgraph'),
    folder: FRAMEWORKS,
    beside: ['@langchain/core', '@langchain/openai', '@langchain/anthropic', 'openai', '@anthropic-ai/sdk'],
  },
  { ...sdk('openai-agents', '@openai/agents'), folder: FRAMEWORKS, beside: ['openai'] },
  { ...sdk('mcp', '@modelcontextprotocol/sdk'), folder: FRAMEWORKS },
];
