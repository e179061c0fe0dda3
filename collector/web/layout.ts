import { ARC_VERSION } from '../../src/contract/package-info.js';
import { html, type Html } from './html.js';

/** A whole page. */
export interface Page {
  /** Stands in the tab and as the heading. */
  readonly title: string;
  /** Path of the entry of the navigation the page belongs to. */
  readonly section: string;
  readonly body: Html;
}

const SECTIONS = [
  ['/', 'Calls'],
  ['/failures', 'Failures'],
  ['/patterns', 'Patterns'],
  ['/packs', 'Packs'],
  ['/processes', 'Processes'],
] as const;

/** Wraps a page in what all pages share. */
export function layout({ title, section, body }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Arc Core</title>
        <link rel="icon" href="/assets/arc.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/arc.css" />
        <script src="/assets/arc.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <a class="brand" href="/">Arc Core</a>
          <nav aria-label="Main">
            <ul>
              ${SECTIONS.map(([path, name]) => navigationItem(path, name, path === section))}
            </ul>
          </nav>
        </header>
        <main id="main" tabindex="-1">
          <h1>${title}</h1>
          ${body}
        </main>
        <footer>
          <p>
            Arc ${ARC_VERSION} · <a href="/api/summary">JSON</a> · Keys: <kbd>j</kbd> <kbd>k</kbd> next and
            previous row, <kbd>Enter</kbd> open, <kbd>/</kbd> search
          </p>
        </footer>
      </body>
    </html>`;
}

function navigationItem(path: string, name: string, current: boolean): Html {
  return current
    ? html`<li><a href="${path}" aria-current="page">${name}</a></li>`
    : html`<li><a href="${path}">${name}</a></li>`;
}

/** What a page says where it has nothing to list: why, and what to do next. */
export function emptyState(reason: string, next: Html): Html {
  return html`<div class="empty">
    <p><strong>${reason}</strong></p>
    ${next}
  </div>`;
}

/** A table that scrolls by itself when it is wider than the window; reachable by keyboard. */
export function scrollable(label: string, table: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
