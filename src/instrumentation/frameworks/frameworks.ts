import type { Engine } from '../engine.js';
import { createLangChain } from './langchain.js';
import type { Framework } from './framework.js';
import { createVercelAi } from './vercel-ai.js';

/** Everything Arc observes of frameworks. */
export interface Frameworks extends Framework {
  /** Observes what a module of {@link LANGCHAIN_MODULES} exports. */
  addModule(moduleExports: unknown): void;
}

/** @param engine - what the frameworks' calls read. */
export function createFrameworks(engine: Engine): Frameworks {
  const langchain = createLangChain(engine);
  const all: readonly Framework[] = [createVercelAi(engine), langchain];
  return {
    addModule: langchain.addModule,
    apply() {
      for (const framework of all) framework.apply();
    },
    restore() {
      for (const framework of all) framework.restore();
    },
  };
}
