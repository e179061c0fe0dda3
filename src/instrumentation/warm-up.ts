import { setImmediate } from 'node:timers';
import { steadyAt } from '../contract/clock.js';
import { createFacts, factOf } from '../patterns/facts.js';
import type { SdkTarget } from './adapters/adapter.js';
import type { Engine } from './engine.js';

/**
 * Gets ready for the calls of an SDK as soon as the program has nothing else to do, one API at a time: patterns are decoded,
 * and what reads the requests is loaded. A call that comes before that does the same itself.
 */
export function warmUp(engine: Engine, targets: readonly SdkTarget[]): void {
  const byApi = new Map(targets.map((target) => [target.api, target])).values();
  const next = (): void => {
    const { value: target, done } = byApi.next();
    if (done === true || !engine.active || engine.options.mode === 'off') return;
    getReady(engine, target);
    setImmediate(next).unref();
  };
  setImmediate(next).unref();
}

/** Looks for what fits an empty request to the provider an SDK is made for. */
function getReady({ packs, options }: Engine, { api, operation, endpoint }: SdkTarget): void {
  try {
    const { provider } = endpoint({}, options.providers);
    const facts = createFacts({ api, provider, operation, model: '', params: {} });
    packs.matcher().match(facts, steadyAt(performance.now()));
    factOf(facts, 'findings');
  } catch {
    // Whatever is wrong is told by the calls it is wrong for.
  }
}
