/** The process's environment variables; the one place of the instrumentation that reads them. */
export const environment: Record<string, string | undefined> = process.env;

/** True when a variable holds `1` or `true`. */
export function isSet(name: string): boolean {
  const value = environment[name]?.trim().toLowerCase();
  return value === '1' || value === 'true';
}

/**
 * Runs `start` with defaults for variables that are unset, and takes them back afterwards: programs the application
 * starts must not inherit what it never set.
 */
export function withDefaults<T>(defaults: Readonly<Record<string, string>>, start: () => T): T {
  const added = Object.keys(defaults).filter((name) => !environment[name]);
  for (const name of added) environment[name] = defaults[name];
  try {
    return start();
  } finally {
    for (const name of added) delete environment[name];
  }
}
