import type { SdkStatus } from '../../contract/status.js';
import { countError } from '../call.js';
import type { Engine } from '../engine.js';
import type { Framework, FrameworkPackage } from './framework.js';
import { createLangChain } from './langchain.js';
import { createLlamaIndex } from './llamaindex.js';
import { createOpenAiAgents } from './openai-agents.js';
import { createVercelAi } from './vercel-ai.js';

/** A package the module hooks are to tell of. */
export interface FrameworkHook {
  readonly package: FrameworkPackage;
  /** Told what a file of it exports. Returns what it shall export instead; never throws. */
  readonly add: (moduleExports: unknown, version: string | undefined) => unknown;
}

/** Everything Arc observes of frameworks. */
export interface Frameworks {
  readonly hooks: readonly FrameworkHook[];
  apply(): void;
  restore(): void;
  status(): readonly SdkStatus[];
}

/** @param engine - what the frameworks' calls read. */
export function createFrameworks(engine: Engine): Frameworks {
  const all = [
    createLangChain(engine),
    createVercelAi(engine),
    createOpenAiAgents(engine),
    createLlamaIndex(engine),
  ];
  return {
    hooks: all.flatMap((framework) => framework.packages.map((from) => hookOf(engine, framework, from))),
    apply() {
      for (const framework of all) framework.apply();
    },
    restore() {
      for (const framework of all) framework.restore();
    },
    status: () => all.flatMap((framework) => framework.status()),
  };
}

function hookOf(engine: Engine, framework: Framework, from: FrameworkPackage): FrameworkHook {
  return {
    package: from,
    add(moduleExports, version) {
      try {
        return framework.addModule({ package: from, moduleExports, version });
      } catch (error) {
        countError(engine, error);
        return moduleExports;
      }
    },
  };
}
