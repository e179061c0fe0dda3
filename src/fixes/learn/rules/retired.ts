import { type Refused, type Remedy } from '../refused.js';

const GONE =
  /deprecated|retired|decommissioned|no longer (?:supported|available)|discontinued|not found|does not exist|sunset/i;
const MODEL_ID = String.raw`['"\`]?(?:models\/)?([A-Za-z0-9][\w.:/@-]{2,80}[A-Za-z0-9])['"\`]?`;
const SUCCESSOR = new RegExp(
  String.raw`(?:use|migrate to|switch to|upgrade to|replaced (?:by|with)|try|recommend(?:ed)?(?: replacement)?(?: is|:)?|successor(?: is|:)?|in favou?r of)\s+(?:the\s+)?(?:newer\s+)?(?:model\s+)?${MODEL_ID}`,
  'i',
);

/** Sends to the model the provider names in place of one that is gone: another model is a loss, always. */
export function retired({ text, view }: Refused): Remedy | undefined {
  if (view.model === undefined || !text.includes(view.model) || !GONE.test(text)) return undefined;
  const next = SUCCESSOR.exec(text.replace(view.model, ''))?.[1];
  // A word of the sentence is no model: those have digits.
  if (next === undefined || !/\d/.test(next) || next.includes('..') || next === view.model) return undefined;
  return {
    rule: 'retired-model',
    description: `${view.model} is gone; the provider names a successor.`,
    match: {},
    fix: [{ route: { model: next } }],
    lossy: true,
  };
}
