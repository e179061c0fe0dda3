import { isRecord, listOf, own } from '../../patterns/own.js';
import { type Fields, copyWith, rewrite } from '../copy.js';

/**
 * The request with the definition of each function changed: those of `tools` in OpenAI's form, nested or flat, and those
 * of the legacy `functions`. `change` returns the same definition to keep it.
 */
export function eachFunction(params: Fields, change: (definition: Fields) => Fields): Fields {
  const withTools = eachIn(params, 'tools', (tool) => {
    const definition = own(tool, 'function');
    if (!isRecord(definition)) return own(tool, 'type') === 'function' ? change(tool) : tool;
    const next = change(definition);
    return next === definition ? tool : copyWith(tool, 'function', next);
  });
  return eachIn(withTools, 'functions', change);
}

/** An object with each record of one of its lists changed. */
export function eachIn(object: Fields, key: string, change: (item: Fields) => Fields): Fields {
  const list = listOf(own(object, key));
  const next = rewrite(list, (item) => [isRecord(item) ? change(item) : item]);
  return next === list ? object : copyWith(object, key, next);
}
