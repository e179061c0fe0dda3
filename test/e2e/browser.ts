import type { ExecutionContext } from 'ava';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';

/** What keeps Chromium to the page alone: no sandbox inside containers, no traffic of its own. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page of a browser, and what went wrong in it. */
export interface Browsed {
  readonly page: Page;
  /** Warnings, errors and uncaught exceptions of the console. */
  readonly complaints: readonly string[];
  /** Origin of every request it made. */
  readonly origins: ReadonlySet<string>;
}

/** Opens one page in a browser of its own; it ends with the test. */
export async function openBrowser(
  t: ExecutionContext,
  executablePath: string,
  options: BrowserContextOptions = {},
): Promise<Browsed> {
  const browser = await chromium.launch({ executablePath, args: ARGS });
  t.teardown(() => browser.close());
  const page = await (await browser.newContext(options)).newPage();
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  return { page, complaints, origins };
}

/**
 * Presses Tab until an element has the focus.
 * @param selector - CSS selector of the element wanted.
 * @throws {Error} when it is not reached in 60 steps.
 */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}
