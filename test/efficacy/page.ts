import type { GoldenRequest } from '../../src/cli/requests/golden-file.js';
import type { Verdicts } from './judge.js';
import { renderTable, rowsBy } from './table.js';

const INTRODUCTION = `# Efficacy

How many requests that providers refuse leave repaired, and whether a healthy one is ever touched. \`npm run efficacy -- --write\`
makes this page from the golden requests that ship with Arc (\`golden/*.yaml\`): known failures, each with the provider's
wording and a public source, and healthy requests that are nearly the same.

No request is sent. A strict provider decides whether a request would be served: tables of rules in
\`src/cli/demo/model-server\` and \`test/helpers/strict\`, written from the providers' documentation and public threads and not
from Arc's repairs, so that the two can disagree. Every failing request is refused by it as it is, and every healthy one is
taken.

- Repaired before the first failure: \`repairRequest\` with the built-in packs makes a body that the strict provider takes, and
  that equals the expected one where only one is right.
- From the second on: that, or \`learnFromRefusal\` makes such a body from the refusal alone, without any pack.
- Touched: a healthy request that left as another object, or as other bytes.

\`npm run efficacy -- --file requests.jsonl\` judges requests of your own: \`{id?, provider, api, body, error?}\`, one a line.
`;

/** The page about the requests. */
export function renderPage(verdicts: Verdicts): string {
  const sections = [
    INTRODUCTION,
    `## By provider\n\n${renderTable('provider', rowsBy(verdicts, providerOf))}`,
    `## By class\n\n${renderTable(
      'class',
      rowsBy(verdicts, ({ class: kind }) => kind),
    )}`,
    lossyOnes(verdicts),
    openOnes(verdicts),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

/** A provider's name, and the API where it has several. */
export function providerOf({ provider, api }: GoldenRequest): string {
  return api.startsWith(provider) && !api.endsWith('.responses') ? provider : `${provider}, ${api}`;
}

/** Requests that can only be repaired by dropping something, which has to be allowed. */
function lossyOnes({ failures }: Verdicts): string {
  const lossy = failures.filter(({ request }) => request.expect === 'lossy');
  if (lossy.length === 0) return '';
  const repaired = lossy.filter(({ isRepaired }) => isRepaired).length;
  return `## Where something has to go\n\n${lossy.length} more failing requests can only be served when something in them is dropped, and are not counted above. With \`lossy\` allowed, ${repaired} of them leave repaired.`;
}

function openOnes({ failures }: Verdicts): string {
  const open = failures.filter(
    ({ request, isRepaired, isLearned }) => request.expect === 'fix' && !isRepaired && !isLearned,
  );
  if (open.length === 0) return '';
  const lines = open.map(
    ({ request, complaint }) =>
      `- ${request.provider}: ${request.name}${complaint === undefined ? '' : ` (\`${complaint.replaceAll('`', "'")}\`)`}`,
  );
  return `## Not repaired\n\n${lines.join('\n')}`;
}
