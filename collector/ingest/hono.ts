/** The door to hono: the routes, pages and middleware of Arc Core take it from here. */
export { Hono, type Context, type MiddlewareHandler } from 'hono';
export { html } from 'hono/html';
