import { integer, record, text, type UnknownRecord } from './shape.js';

/** The content blocks of a streamed message as they grow, in Anthropic's own form. */
export interface GrowingBlocks {
  /** Takes one event of the stream. */
  grow(event: UnknownRecord): void;
  blocks(): readonly UnknownRecord[];
}

interface Block {
  readonly start: UnknownRecord;
  text: string;
  thinking: string;
  /** The input of a tool, as JSON text. */
  json: string;
}

/** Puts the deltas of a stream together; citations and signatures are left out. */
export function growingBlocks(): GrowingBlocks {
  const blocks: Block[] = [];
  return {
    grow(event) {
      const index = integer(event['index']) ?? 0;
      if (event['type'] === 'content_block_start') {
        const start = record(event['content_block']);
        blocks[index] = { start, text: text(start['text']) ?? '', thinking: '', json: '' };
      } else if (event['type'] === 'content_block_delta') {
        const block = (blocks[index] ??= { start: { type: 'text' }, text: '', thinking: '', json: '' });
        const delta = record(event['delta']);
        block.text += text(delta['text']) ?? '';
        block.thinking += text(delta['thinking']) ?? '';
        block.json += text(delta['partial_json']) ?? '';
      }
    },
    blocks: () => blocks.filter((block) => block !== undefined).map(whole),
  };
}

function whole({ start, text: words, thinking, json }: Block): UnknownRecord {
  switch (start['type']) {
    case 'text':
      return { ...start, text: words };
    case 'thinking':
      return { ...start, thinking };
    default:
      return json === '' ? start : { ...start, input: json };
  }
}
