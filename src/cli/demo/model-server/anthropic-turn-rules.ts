import { anthropicRefusal } from './anthropic-refusal.js';
import { objects, textOr, type Body, type Refusal, type Rule } from './rule.js';

/** What Anthropic insists on in calls of tools and their results. */
export const ANTHROPIC_TURN_RULES: readonly Rule[] = [
  { id: 'tool-use-ids', check: toolUseIds },
  { id: 'orphan-tool-result', check: orphanToolResult },
  { id: 'tool-result-twice', check: toolResultTwice },
  { id: 'tool-use-unanswered', check: toolUseUnanswered },
  { id: 'tool-results-first', check: toolResultsFirst },
];

/** Messages of one role in a row, which count as one turn. */
interface Turn {
  /** Place of its first message. */
  readonly at: number;
  readonly role: unknown;
  readonly blocks: readonly Body[];
}

function turnsOf({ messages }: Body): readonly Turn[] {
  const turns: Turn[] = [];
  for (const [at, { role, content }] of objects(messages).entries()) {
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : objects(content);
    const last = turns.at(-1);
    if (last && last.role === role) turns.splice(-1, 1, { ...last, blocks: [...last.blocks, ...blocks] });
    else turns.push({ at, role, blocks });
  }
  return turns;
}

function idsOf(turn: Turn | undefined, type: string, name: string): readonly string[] {
  return (turn?.blocks ?? []).filter((block) => block['type'] === type).map((block) => textOr(block[name]));
}

function repeated(ids: readonly string[]): string | undefined {
  return ids.find((id, index) => ids.indexOf(id) !== index);
}

function toolUseIds(body: Body): Refusal | undefined {
  const ids = turnsOf(body).flatMap((turn) => idsOf(turn, 'tool_use', 'id'));
  return repeated(ids) === undefined
    ? undefined
    : anthropicRefusal('messages: `tool_use` ids must be unique');
}

function orphanToolResult(body: Body): Refusal | undefined {
  const turns = turnsOf(body);
  for (const [index, turn] of turns.entries()) {
    const asked = idsOf(turns[index - 1], 'tool_use', 'id');
    const orphan = idsOf(turn, 'tool_result', 'tool_use_id').find((id) => !asked.includes(id));
    if (orphan === undefined) continue;
    const at = turn.blocks.findIndex((block) => block['tool_use_id'] === orphan);
    return anthropicRefusal(
      `messages.${turn.at}.content.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${orphan}. ` +
        'Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
    );
  }
  return undefined;
}

function toolResultTwice(body: Body): Refusal | undefined {
  for (const turn of turnsOf(body)) {
    const id = repeated(idsOf(turn, 'tool_result', 'tool_use_id'));
    if (id === undefined) continue;
    return anthropicRefusal(
      `messages.${turn.at}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`,
    );
  }
  return undefined;
}

function toolUseUnanswered(body: Body): Refusal | undefined {
  const turns = turnsOf(body);
  for (const [index, turn] of turns.entries()) {
    const answered = idsOf(turns[index + 1], 'tool_result', 'tool_use_id');
    const missing = idsOf(turn, 'tool_use', 'id').filter((id) => !answered.includes(id));
    if (missing.length > 0) return unanswered(turn, missing);
  }
  return undefined;
}

/** Whatever else the user says comes after the results. */
function toolResultsFirst(body: Body): Refusal | undefined {
  const turns = turnsOf(body);
  for (const [index, turn] of turns.entries()) {
    const other = turn.blocks.findIndex(({ type }) => type !== 'tool_result');
    const late = other < 0 ? [] : turn.blocks.slice(other).filter(({ type }) => type === 'tool_result');
    const asker = turns[index - 1];
    if (late.length > 0 && asker)
      return unanswered(
        asker,
        late.map((block) => textOr(block['tool_use_id'])),
      );
  }
  return undefined;
}

function unanswered({ at }: Turn, ids: readonly string[]): Refusal {
  return anthropicRefusal(
    `messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ` +
      `${ids.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
  );
}
