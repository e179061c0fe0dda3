import { createRig, type Rig } from '../helpers/rig.js';

/** A rig for what `withArcContext` does to the spans of calls. */
export interface ContextRig {
  readonly rig: Rig;
  /** Makes one call. */
  ask(extra?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** What the context put on each span ended since the last look. */
  said(): readonly Readonly<Record<string, unknown>>[];
}

const NAMES = ['gen_ai.agent.name', 'arc.pipeline', 'gen_ai.conversation.id', 'user.id', 'arc.tags'];

/** Starts a rig; its client is the OpenAI SDK's. */
export async function createContextRig(): Promise<ContextRig> {
  const rig = await createRig();
  const client = rig.openai();
  return {
    rig,
    ask(extra = {}) {
      const messages = [{ role: 'user' as const, content: 'Name a river.' }];
      return client.chat.completions.create({ model: 'gpt-4', messages, ...extra });
    },
    said: () =>
      rig.spans().map(({ attributes }) => {
        const given = NAMES.filter((name) => name in attributes);
        return Object.fromEntries(given.map((name) => [name, attributes[name]]));
      }),
  };
}
