import { closeSync, openSync, writeSync } from 'node:fs';
import { ArcError } from '../../contract/errors.js';
import { livingPatterns } from '../../patterns/held-pack.js';
import { packHeadYaml, patternYaml } from '../../patterns/yaml-text.js';
import type { CommandContext } from '../command.js';
import { readPackFiles } from './pack-files.js';
import { readingProgress } from './packs-build.js';

/** Forms a pack can be written in. */
const FORMS = ['yaml', 'jsonl'] as const;
type Form = (typeof FORMS)[number];

/** Flags of `arc packs convert`. */
export interface ConvertFlags {
  readonly to?: string;
  readonly output?: string;
}

/** Characters gathered before they are written. */
const BATCH = 262_144;

/** Writes a pack as YAML or JSON Lines, one pattern at a time. */
export function convert(file: string, flags: ConvertFlags, context: CommandContext): boolean {
  const form = formOf(flags);
  const progress = readingProgress();
  const { packs, runs } = readPackFiles([file], progress.onProgress);
  progress.done();
  const [{ name, version }] = packs;
  const head = form === 'yaml' ? packHeadYaml(name, version) : `${JSON.stringify({ pack: name, version })}\n`;
  write(texts(head, form, livingPatterns(runs)), flags.output, context);
  return true;
}

type Patterns = ReturnType<typeof livingPatterns>;

function* texts(head: string, form: Form, patterns: Patterns): Generator<string> {
  let batch = head;
  let count = 0;
  for (const pattern of patterns) {
    batch += form === 'yaml' ? patternYaml(pattern) : `${JSON.stringify(pattern)}\n`;
    count += 1;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = '';
  }
  // A key without a value is null in YAML, and a pack has a list.
  if (count === 0 && form === 'yaml') batch = batch.replace(/patterns:\n$/, 'patterns: []\n');
  if (batch !== '') yield batch;
}

function formOf({ to, output }: ConvertFlags): Form {
  const named = to ?? (output?.endsWith('.jsonl') ? 'jsonl' : 'yaml');
  const form = FORMS.find((known) => known === named);
  if (!form) throw new ArcError('ARC_USAGE', `--to: must be ${FORMS.join(' or ')}, received ${named}`);
  return form;
}

function write(batches: Generator<string>, output: string | undefined, context: CommandContext): void {
  if (output === undefined) {
    for (const batch of batches) context.stdout(batch.replace(/\n$/, ''));
    return;
  }
  const file = openSync(output, 'w');
  try {
    for (const batch of batches) writeSync(file, batch);
  } finally {
    closeSync(file);
  }
}
