let loaded: typeof import('./heal.js') | undefined;

/** What heals, loaded with the first call of a process that does: most do not. */
export function healing(): typeof import('./heal.js') {
  return (loaded ??= require('./heal.js') as typeof import('./heal.js'));
}
