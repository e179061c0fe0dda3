import { ADAPTERS } from '../../instrumentation/adapters/registry.js';
import { FRAMEWORK_PACKAGES, PROTOCOL_PACKAGES } from '../../instrumentation/frameworks/packages.js';

/** A package Arc observes, as `arc doctor` loads and lists it. */
export interface KnownModule {
  /** What it is, at the beginning of its line. */
  readonly kind: 'sdk' | 'framework' | 'protocol';
  /** Package name. */
  readonly module: string;
  /** What loads the part of it that is patched. */
  readonly entry: string;
}

/** Every package Arc observes. */
export const KNOWN_MODULES: readonly KnownModule[] = [
  ...ADAPTERS.map(({ module }): KnownModule => ({ kind: 'sdk', module, entry: module })),
  ...FRAMEWORK_PACKAGES.map(({ module, entry }): KnownModule => ({ kind: 'framework', module, entry })),
  ...PROTOCOL_PACKAGES.map(({ module, entry }): KnownModule => ({ kind: 'protocol', module, entry })),
];
