/** Fields of the request view that are not parameters. */
export const VIEW_FIELDS: readonly string[] = ['provider', 'operation', 'api', 'model'];

/** Fields of what the application said with `withArcContext`. */
export const CONTEXT_FIELDS: readonly string[] = ['context.agent', 'context.pipeline', 'context.tags'];
