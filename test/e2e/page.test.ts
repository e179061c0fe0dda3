import test, { type ExecutionContext } from 'ava';
import type { Page } from 'playwright-core';
import { callSpan } from '../collector/fixtures.js';
import { runProgram, spawnProgram } from '../helpers/spawn-program.js';
import { waitUntil } from '../helpers/wait-until.js';
import { openBrowser, tabTo } from './browser.js';
import { contrastOf, PAINTED_TEXTS, type PaintedText } from './contrast.js';
import { findProgram } from './find-program.js';
import { createWorld, getJson, program, REGISTER, waitForCalls, type World } from './world.js';

const found = findProgram('chromium');
const chromium = found ?? '';
const withChromium = found === undefined ? test.serial.skip : test.serial;

/** WCAG 2.2 AA for text of ordinary size. */
const MIN_CONTRAST = 4.5;

const PACK = `
pack: fleet
version: 1.4.0
patterns:
  - id: fleet.top-p
    version: 1
    match: { api: openai.chat.completions, top_p: { '<': 0.4 } }
    fix:
      - set: { top_p: 0.5 }
    confidence: 0.9
`;

interface Site extends World {
  /** Path of the page of a call that was repaired. */
  readonly repaired: string;
}

/** A Core with two repaired calls of a real program, a call of each other decision, and a failure. */
async function createSite(t: ExecutionContext): Promise<Site> {
  const world = await createWorld(t);
  await runProgram(t, { args: [...REGISTER, program('doomed.cjs')], env: world.env });
  const calls = await waitForCalls(world.page, 2);
  const { traceId, spanId } = calls.find(({ provider }) => provider === 'openai') ?? {};
  world.core.store.writeSpans([
    ...['pass', 'shadow', 'control', 'bypass'].map((kind) => callSpan({ 'arc.decision': kind })),
    callSpan(
      { 'arc.decision': 'pass', 'error.type': 'RateLimitError' },
      { status: 'error', statusMessage: '429 Rate limit reached' },
    ),
  ]);
  return { ...world, repaired: `/calls/${traceId}/${spanId}` };
}

/** Adds what the pages of packs and processes show: a pack, and a process that runs it. */
async function addProcess(t: ExecutionContext, { env, page }: World): Promise<void> {
  spawnProgram(t, { args: [...REGISTER, program('end.cjs'), 'wait'], env });
  await waitUntil('a process', async () => {
    const { processes } = await getJson<{ processes: readonly { connected: boolean }[] }>(
      `${page}/api/processes`,
    );
    return processes.some(({ connected }) => connected);
  });
  const headers = { 'content-type': 'application/yaml' };
  const { status } = await fetch(`${page}/api/packs?waitMs=5000`, { method: 'POST', headers, body: PACK });
  t.is(status, 200);
}

const pathsOf = ({ repaired }: Site): readonly string[] => [
  '/',
  repaired,
  '/failures',
  '/patterns',
  '/packs',
  '/processes',
];

/** The texts of one column of the first table in the main part, header left out. */
const column = (page: Page, number: number): Promise<string[]> =>
  page.locator(`main table tbody tr > :nth-child(${number})`).allInnerTexts();

withChromium('page: the list is filtered and a repair opened by keyboard alone', async (t) => {
  const site = await createSite(t);
  const { page, complaints, origins } = await openBrowser(t, chromium);
  await page.goto(site.page);
  t.is((await column(page, 2)).length, 7);

  await tabTo(page, 'select[name=decision]');
  await page.keyboard.type('fix');
  await tabTo(page, 'form button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/decision=fix/);
  t.deepEqual(await column(page, 2), ['fixed', 'fixed']);

  await tabTo(page, `a[href="${site.repaired}"]`);
  t.not(await page.evaluate(`getComputedStyle(document.activeElement).outlineStyle`), 'none');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${site.repaired}`);
  const diff = page.getByRole('region', { name: 'Request, as written and as sent' });
  t.deepEqual(await diff.getByRole('columnheader').allInnerTexts(), ['Field', 'As written', 'As sent']);
  t.deepEqual(
    (await diff.locator('tr.changed').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ')),
    ['max_tokens − before: 2000 absent', 'max_completion_tokens absent + after: 2000'],
  );
  t.deepEqual(complaints, []);
  t.deepEqual([...origins], [site.page], 'no request leaves the host');
});

withChromium('page: j, k, Enter and / walk the list', async (t) => {
  const site = await createSite(t);
  const { page } = await openBrowser(t, chromium);
  await page.goto(site.page);
  const focused = (): Promise<string | null> => page.evaluate(`document.activeElement.getAttribute('href')`);
  const links = await page.locator('main tbody th a').evaluateAll((all) => all.map(String));
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  t.is(new URL((await focused()) ?? '', site.page).href, links[1] ?? '');
  await page.keyboard.press('k');
  t.is(new URL((await focused()) ?? '', site.page).href, links[0] ?? '');
  await page.keyboard.press('/');
  await page.keyboard.type('jk');
  t.is(await page.locator('input[type=search]').inputValue(), 'jk', 'typing is left alone');
});

withChromium('page: a call that arrives shows up by itself, and the focus stays', async (t) => {
  const site = await createSite(t);
  const { page, complaints } = await openBrowser(t, chromium);
  await page.goto(site.page);
  await page.locator(`a[href="${site.repaired}"]`).focus();
  site.core.store.writeSpans([callSpan({ 'gen_ai.request.model': 'newcomer-1' })]);
  await page.getByRole('link', { name: 'newcomer-1' }).waitFor();
  t.is(await page.evaluate(`document.activeElement.getAttribute('href')`), site.repaired);
  t.is(await page.locator('#live-status').innerText(), '1 new call.');
  t.deepEqual(complaints, []);
});

withChromium('page: every page has its landmarks, one heading, and tables with headers', async (t) => {
  const site = await createSite(t);
  await addProcess(t, site);
  const { page, complaints } = await openBrowser(t, chromium);
  for (const path of pathsOf(site)) {
    await page.goto(`${site.page}${path}`);
    for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const)
      t.is(await page.getByRole(role).count(), 1, `${role} of ${path}`);
    t.is(await page.getByRole('heading', { level: 1 }).count(), 1, path);
    t.is(await page.locator('html').getAttribute('lang'), 'en');
    const tables = await page.locator('table').all();
    t.true(tables.length > 0, path);
    for (const table of tables) {
      t.is(await table.locator('caption').count(), 1, path);
      t.true((await table.locator('thead th[scope=col]').count()) > 1, path);
      const rows = await table.locator('tbody tr').count();
      t.is(await table.locator('tbody th[scope=row]').count(), rows, path);
    }
  }
  await page.goto(site.page);
  t.is(await page.getByRole('search').count(), 1);
  const unlabelled = await page.evaluate<number>(
    `[...document.querySelectorAll('input, select')].filter((field) => field.labels.length === 0).length`,
  );
  t.is(unlabelled, 0);
  await page.keyboard.press('Tab');
  t.is(await page.evaluate(`document.activeElement.textContent`), 'Skip to content');
  t.deepEqual(complaints, []);
});

for (const colorScheme of ['light', 'dark'] as const) {
  withChromium(`page: every text has a contrast of at least ${MIN_CONTRAST} in ${colorScheme}`, async (t) => {
    const site = await createSite(t);
    await addProcess(t, site);
    const { page } = await openBrowser(t, chromium);
    await page.emulateMedia({ colorScheme });
    for (const path of pathsOf(site)) {
      await page.goto(`${site.page}${path}`);
      const texts = await page.evaluate<readonly PaintedText[]>(PAINTED_TEXTS);
      t.true(texts.length > 10, path);
      const faint = texts.filter((text) => contrastOf(text) < MIN_CONTRAST);
      t.deepEqual(faint, [], path);
    }
    await page.goto(site.page);
    const ground = await page.evaluate<string>(`getComputedStyle(document.body).backgroundColor`);
    const isDark = contrastOf({ text: '', colour: 'rgb(255, 255, 255)', grounds: [ground] }) > 10;
    t.is(isDark, colorScheme === 'dark');
  });
}

withChromium('page: at 320 pixels no page scrolls sideways', async (t) => {
  const site = await createSite(t);
  await addProcess(t, site);
  const { page } = await openBrowser(t, chromium, { viewport: { width: 320, height: 640 } });
  for (const path of pathsOf(site)) {
    await page.goto(`${site.page}${path}`);
    const width = await page.evaluate<number>(`document.documentElement.scrollWidth`);
    t.true(width <= 320, `${path} is ${width} pixels wide`);
  }
  await page.goto(`${site.page}${site.repaired}`);
  const sent = await page.locator('table.diff td.after').first().boundingBox();
  t.true(sent !== null && sent.x + sent.width <= 320, 'both sides of a repair are in view');
});

withChromium('page: works without JavaScript', async (t) => {
  const site = await createSite(t);
  const { page } = await openBrowser(t, chromium, { javaScriptEnabled: false });
  await page.goto(site.page);
  t.false(await page.locator('#live').isVisible(), 'what needs the script is not offered');
  await page.getByLabel('Decision').selectOption('fix');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.waitForURL(/decision=fix/);
  t.deepEqual(await column(page, 2), ['fixed', 'fixed']);
  await page.locator(`a[href="${site.repaired}"]`).click();
  await page.waitForURL(`**${site.repaired}`);
  t.is(await page.locator('tr.changed').count(), 2);
});
