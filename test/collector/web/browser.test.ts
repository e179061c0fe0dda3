import { existsSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import { chromium, type Page } from 'playwright-core';
import { callSpan, FIXED, startTestCore } from '../fixtures.js';

/** Where Debian and other systems put it; nothing is downloaded. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const browserTest = CHROMIUM === undefined ? test.skip : test;

interface Site {
  readonly page: Page;
  readonly add: (...spans: ReturnType<typeof callSpan>[]) => void;
  readonly url: (path: string) => string;
  /** What the browser complained about. */
  readonly complaints: readonly string[];
}

async function open(t: ExecutionContext, scheme: 'light' | 'dark' = 'light', width = 1_280): Promise<Site> {
  const core = await startTestCore(t);
  // Root, as in most containers, has no sandbox.
  const browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
  t.teardown(() => browser.close());
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const url = (path: string): string => `http://localhost:${core.ports.web}${path}`;
  return { page, add: (...spans) => void core.store.writeSpans(spans), url, complaints };
}

browserTest(
  'page: a call that arrives shows by itself, is announced, and its repair opens by keyboard',
  async (t) => {
    const { page, add, url, complaints } = await open(t);
    await page.goto(url('/'));
    await page.getByText('No call has arrived yet.').waitFor();
    add(callSpan(FIXED));
    await page.getByRole('row').filter({ hasText: 'openai.gpt-4.high-temperature' }).waitFor();
    t.is(await page.getByRole('status').textContent(), '1 new call.');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'chat gpt-4' }).waitFor();
    const row = page.getByRole('row', { name: 'temperature' });
    t.regex((await row.textContent()) ?? '', /0\.95.*0\.7/s);
    t.deepEqual(complaints, []);
  },
);

browserTest('page: updates can be paused and do not take the focus away', async (t) => {
  const { page, add, url } = await open(t);
  const [first, second] = [callSpan(FIXED), callSpan(FIXED)];
  add(first);
  await page.goto(url('/'));
  await page.keyboard.press('j');
  add(second);
  await page.getByRole('status').filter({ hasText: '1 new call.' }).waitFor();
  t.is(
    await page.evaluate('document.activeElement.getAttribute("href")'),
    `/calls/${first.traceId}/${first.spanId}`,
  );
  await page.getByRole('button', { name: 'Pause updates' }).click();
  t.is(await page.getByRole('status').textContent(), 'Updates are paused.');
  t.is(await page.getByRole('button', { name: 'Pause updates' }).getAttribute('aria-pressed'), 'true');
});

browserTest('page: hostile text stays text', async (t) => {
  const { page, add, url, complaints } = await open(t);
  const evil = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
  const span = callSpan(
    { 'gen_ai.request.model': evil, 'error.type': evil },
    { name: evil, status: 'error' },
  );
  add(span);
  for (const path of ['/', `/calls/${span.traceId}/${span.spanId}`, '/failures']) {
    await page.goto(url(path));
    t.notRegex(await page.title(), /^owned/);
    t.is(await page.locator('main img').count(), 0);
  }
  t.deepEqual(complaints, []);
});

browserTest(
  'page: nothing overflows a window 320 pixels wide, and text has the contrast of WCAG AA in both schemes',
  async (t) => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page, add, url } = await open(t, scheme, 320);
      const span = callSpan(
        { ...FIXED, 'error.type': 'RateLimitError' },
        { status: 'error', statusMessage: 'slow down' },
      );
      add(span, callSpan({ 'arc.decision': 'bypass' }), callSpan({ 'arc.decision': 'shadow' }), callSpan());
      for (const path of ['/', `/calls/${span.traceId}/${span.spanId}`, '/failures', '/patterns', '/packs']) {
        await page.goto(url(path));
        t.is(await page.evaluate(OVERFLOW), 0, `${scheme} ${path}`);
        t.deepEqual(await page.evaluate(LOW_CONTRAST), [], `${scheme} ${path}`);
      }
      // The measure itself: a heading painted like its ground must be found.
      await page.evaluate(
        'document.querySelector("h1").style.color = getComputedStyle(document.body).backgroundColor',
      );
      const found: unknown = await page.evaluate(LOW_CONTRAST);
      t.regex(JSON.stringify(found), /^\["1\.00 <h1/);
    }
  },
);

/** Pixels by which the page is wider than the window. */
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Every visible text whose contrast with the ground behind it is below 4.5:1, by the formula of WCAG 2. */
const LOW_CONTRAST = `(() => {
  const parse = (text) => (text.match(/[0-9.]+/g) ?? []).map(Number);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  return [...document.querySelectorAll('body *')]
    .filter((element) => own(element) && element.checkVisibility() && !element.closest('option'))
    .map((element) => {
      const [light, dark] = [luminance(parse(getComputedStyle(element).color)), luminance(ground(element))].sort((a, b) => b - a);
      return [(light + 0.05) / (dark + 0.05), element.outerHTML.slice(0, 80)];
    })
    .filter(([ratio]) => ratio < 4.5)
    .map(([ratio, html]) => ratio.toFixed(2) + ' ' + html);
})()`;
