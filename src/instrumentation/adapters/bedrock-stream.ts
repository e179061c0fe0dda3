import { integer, isRecord, record, text, type UnknownRecord } from './shape.js';

/** The content blocks of a streamed answer as they grow, in Converse's own form. */
export interface GrowingConverse {
  /** Takes one event of the stream. */
  grow(event: UnknownRecord): void;
  blocks(): readonly UnknownRecord[];
}

interface Block {
  /** The start of a tool's call; other blocks have none. */
  readonly toolUse: UnknownRecord | undefined;
  text: string;
  thought: string;
  /** The input of a tool, as JSON text. */
  json: string;
}

/** Puts the deltas of a stream together. */
export function growingConverse(): GrowingConverse {
  const blocks: Block[] = [];
  const blockAt = (index: unknown, toolUse?: UnknownRecord): Block =>
    (blocks[integer(index) ?? 0] ??= { toolUse, text: '', thought: '', json: '' });
  return {
    grow({ contentBlockStart, contentBlockDelta }) {
      if (isRecord(contentBlockStart)) {
        const { toolUse } = record(contentBlockStart['start']);
        if (isRecord(toolUse)) blockAt(contentBlockStart['contentBlockIndex'], toolUse);
      }
      if (!isRecord(contentBlockDelta)) return;
      const block = blockAt(contentBlockDelta['contentBlockIndex']);
      const delta = record(contentBlockDelta['delta']);
      block.text += text(delta['text']) ?? '';
      block.thought += text(record(delta['reasoningContent'])['text']) ?? '';
      block.json += text(record(delta['toolUse'])['input']) ?? '';
    },
    blocks: () => blocks.filter((block) => block !== undefined).map(whole),
  };
}

function whole({ toolUse, text: words, thought, json }: Block): UnknownRecord {
  if (toolUse) return { toolUse: { ...toolUse, input: json === '' ? {} : json } };
  return thought === '' ? { text: words } : { reasoningContent: { reasoningText: { text: thought } } };
}
