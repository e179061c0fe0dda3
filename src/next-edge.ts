/** What `arc/next` is in the edge runtime, which has neither the modules of Node.js nor SDK hooks: nothing happens. */
export function register(): void {}

/** Configurations are not read in the edge runtime. @returns the configuration as it is. */
export function withArc<C extends object>(config: C): C {
  return config;
}
