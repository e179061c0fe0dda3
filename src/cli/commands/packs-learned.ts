import type { Command } from 'commander';
import type { Lesson } from '../../../collector/store/store.js';
import { packHeadYaml, patternYaml } from '../../patterns/yaml-text.js';
import type { CommandContext } from '../command.js';
import { safe } from '../paint.js';
import { plural } from '../plural.js';
import { callCore, coreError, isRecord } from './packs-client.js';

/** How `arc packs learned` prints. */
interface LearnedFlags {
  readonly core: string;
  readonly json?: boolean;
  readonly yaml?: boolean;
}

const NOTHING = 'nothing was learned; processes learn with ARC_HEAL=true, when a provider refuses a request';

const HEAD = `# What providers refused and Arc repaired by their own words. Each pattern ends some time after a process first gets it
# (ttl), since providers change their minds; take that line out to keep it.
`;

/** Adds `arc packs learned`. @param sub - makes a command that knows where Arc Core is */
export function registerLearned(
  sub: (spec: string, summary: string) => Command,
  context: CommandContext,
  run: (action: () => Promise<boolean>) => Promise<void>,
): void {
  sub('learned', 'Print what processes learned from refusals, for a pack of your own.')
    .option('--yaml', 'print a pack file')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ arc packs learned --yaml > learned.yaml')
    .action((flags: LearnedFlags) => run(() => learned(flags, context)));
}

/** @returns false where there is nothing to make a pack of. */
async function learned(flags: LearnedFlags, { stdout, stderr }: CommandContext): Promise<boolean> {
  const lessons = await fetchLessons(flags.core);
  if (flags.json) stdout(JSON.stringify(lessons, null, 2));
  else if (lessons.length === 0) (flags.yaml ? stderr : stdout)(NOTHING);
  else
    for (const line of flags.yaml ? yamlLines(lessons) : lessons.flatMap(textLines).map(safe)) stdout(line);
  return lessons.length > 0 || flags.yaml !== true;
}

/** Reads what processes have learned. @throws {ArcError} `ARC_CORE_UNREACHABLE` or `ARC_USAGE` */
export async function fetchLessons(core: string): Promise<readonly Lesson[]> {
  const answer = await callCore(core, { path: '/lessons' });
  const lessons = isRecord(answer.body) ? answer.body['lessons'] : undefined;
  if (answer.status !== 200 || !Array.isArray(lessons)) throw coreError(answer);
  return lessons as readonly Lesson[]; // the API of the same package, whose type this is
}

function textLines(lesson: Lesson): readonly string[] {
  const { patternId, pattern, times, repaired, services, example } = lesson;
  return [
    patternId,
    `  ${pattern.description ?? ''}`,
    `  refused   ${refusalOf(lesson)}`,
    `  learned   ${plural(times, 'time')} by ${services.join(', ')}, last ${lesson.lastSeen}`,
    `  repaired  ${plural(repaired, 'call')} since`,
    `  trace     ${example.traceId}`,
  ];
}

/** A pack as people write it, with the evidence beside each pattern. */
function yamlLines(lessons: readonly Lesson[]): readonly string[] {
  const patterns = lessons.map((lesson) => `  # ${refusalOf(lesson)}\n${patternYaml(lesson.pattern)}`);
  return `${HEAD}${packHeadYaml('learned', '1.0.0')}${patterns.join('')}`.trimEnd().split('\n');
}

/** On one line, since it goes into a comment too. */
function refusalOf({ example: { status, message } }: Lesson): string {
  const words = (message ?? '').replaceAll(/[\p{Cc}\s\u2028\u2029]+/gu, ' ').trim();
  return `${status ?? ''} ${words}`.trim();
}
