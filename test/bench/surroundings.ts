import type { ModelAddress, ModelOrder, ModelSeen } from './model-server.js';
import { startSideProcess, type SideProcess } from './side-process.js';
import type { SinkAddress, SinkOrder } from './span-sink.js';

/** The processes contestants talk to: a model behind HTTP, and a place to export to. Each starts when first needed. */
export interface Surroundings {
  openModel(): Promise<ModelAddress>;
  /** What came to a model. */
  modelSeen(id: number): Promise<ModelSeen>;
  openSink(): Promise<SinkAddress>;
  /** Spans of model calls that came to a sink. */
  sinkCount(id: number): Promise<number>;
  close(): void;
}

/** Makes surroundings; nothing runs yet. */
export function createSurroundings(): Surroundings {
  const running = new Map<string, SideProcess>();
  const at = (file: string): SideProcess => {
    const process = running.get(file) ?? startSideProcess({ file });
    running.set(file, process);
    return process;
  };
  const model = <T>(order: ModelOrder): Promise<T> => at(require.resolve('./model-server.js')).ask(order);
  const sink = <T>(order: SinkOrder): Promise<T> => at(require.resolve('./span-sink.js')).ask(order);
  return {
    openModel: () => model('open'),
    modelSeen: (id) => model({ seen: id }),
    openSink: () => sink('open'),
    sinkCount: (id) => sink({ count: id }),
    close() {
      for (const process of running.values()) process.kill();
    },
  };
}
