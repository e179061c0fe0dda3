import { html } from '../ingest/hono.js';

export { html };

/** A piece of a page; everything put into it was escaped. */
export type Html = ReturnType<typeof html>;

/** Nothing, where a piece of a page is called for. */
export const NOTHING: Html = html``;
