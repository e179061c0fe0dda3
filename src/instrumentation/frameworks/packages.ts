import { MCP_ESM_FILES, MCP_ESM_URL, MCP_MODULE, MCP_TESTED } from '../mcp/definitions.js';
import type { FrameworkPackage } from './framework.js';

/** LangGraph. `Pregel` runs every graph and prebuilt agent. */
export const LANGGRAPH: FrameworkPackage = {
  id: 'langgraph',
  title: 'LangGraph.js',
  module: '@langchain/langgraph',
  tested: [['1.4.0', '2.0.0']],
  entry: '@langchain/langgraph',
  ...bothFormats('@langchain/langgraph', 'dist/pregel/index', ['.cjs', '.js']),
};

/** LangChain. `StructuredTool` is the base of every tool. */
export const LANGCHAIN: FrameworkPackage = {
  id: 'langchain',
  title: 'LangChain.js',
  module: '@langchain/core',
  tested: [['1.4.0', '2.0.0']],
  entry: '@langchain/core/tools',
  ...bothFormats('@langchain/core', 'dist/tools/index', ['.cjs', '.js']),
};

/** The Vercel AI SDK. From 7 on nothing of it is replaced; the main file is hooked to know its version. */
export const VERCEL_AI: FrameworkPackage = {
  id: 'vercel-ai',
  title: 'Vercel AI SDK',
  module: 'ai',
  tested: [
    ['5.0.0', '6.0.0'],
    ['6.0.0', '7.0.0'],
    ['7.0.0', '8.0.0'],
  ],
  entry: 'ai',
  files: ['ai', 'ai/dist/index.mjs', 'ai/dist/index.js'],
  url: /\/node_modules\/ai\/dist\/index\.m?js$/,
};

/** The OpenAI Agents SDK. The file has the spans and traces it describes its runs with. */
export const OPENAI_AGENTS: FrameworkPackage = {
  id: 'openai-agents',
  title: 'OpenAI Agents SDK',
  module: '@openai/agents-core',
  tested: [['0.20.0', '0.21.0']],
  entry: '@openai/agents-core',
  ...bothFormats('@openai/agents-core', 'dist/tracing/index', ['.js', '.mjs']),
};

/** LlamaIndex.TS. The main file has the classes of its agents. */
export const LLAMAINDEX: FrameworkPackage = {
  id: 'llamaindex',
  title: 'LlamaIndex.TS',
  module: '@llamaindex/workflow',
  tested: [['1.1.0', '2.0.0']],
  entry: '@llamaindex/workflow',
  files: ['@llamaindex/workflow', '@llamaindex/workflow/dist/index.js'],
  url: /\/@llamaindex\/workflow\/dist\/index\.js$/,
};

/** Every framework's packages, in the order `arc doctor` lists them. */
export const FRAMEWORK_PACKAGES: readonly FrameworkPackage[] = [
  LANGCHAIN,
  LANGGRAPH,
  VERCEL_AI,
  OPENAI_AGENTS,
  LLAMAINDEX,
];

/** The Model Context Protocol's SDK: no framework, but hooked and listed as one. */
export const PROTOCOL_PACKAGES: readonly FrameworkPackage[] = [
  {
    id: 'mcp',
    title: 'MCP TypeScript SDK',
    module: MCP_MODULE,
    tested: MCP_TESTED,
    entry: `${MCP_MODULE}/client/index.js`,
    files: MCP_ESM_FILES, // its CommonJS copies are found without the hooks
    url: MCP_ESM_URL,
  },
];

function bothFormats(
  module: string,
  path: string,
  [commonJs, esModule]: readonly [commonJs: string, esModule: string],
): Pick<FrameworkPackage, 'files' | 'url'> {
  return {
    files: [`${module}/${path}${commonJs}`, `${module}/${path}${esModule}`],
    url: new RegExp(`/${module}/${path}\\${esModule}$`),
  };
}
