import type { PatternScope } from '../contract/pattern.js';
import type { Member } from './match-test.js';

/** Where a process runs, as OpenTelemetry's resource says: what does not change while it lives. */
export interface ProcessPlace {
  /** `service.name` */
  readonly service?: string | undefined;
  /** `deployment.environment.name` */
  readonly environment?: string | undefined;
}

/** What a scope asks of each request, as members of a match. */
export interface ScopeTests {
  /** Holds or fails for all calls of one api and provider. */
  readonly shared: readonly Member[];
  readonly rest: readonly Member[];
}

const NO_TESTS: ScopeTests = Object.freeze({ shared: [], rest: [] });

/** Whether a pattern of this scope can be in force in a process at all; what the process does not say, no scope accepts. */
export function isInPlace(scope: PatternScope | undefined, { service, environment }: ProcessPlace): boolean {
  return accepts(scope?.service, service) && accepts(scope?.environment, environment);
}

/** The part of a scope that depends on the request. */
export function scopeTests(scope: PatternScope | undefined): ScopeTests {
  if (scope === undefined) return NO_TESTS;
  const { api, provider, agent } = scope;
  return {
    shared: [...among('api', api), ...among('provider', provider)],
    rest: among('context.agent', agent),
  };
}

function accepts(accepted: readonly string[] | undefined, value: string | undefined): boolean {
  return accepted === undefined || (value !== undefined && accepted.includes(value));
}

function among(field: string, accepted: readonly string[] | undefined): readonly Member[] {
  return accepted === undefined ? [] : [[field, { in: accepted }]];
}
