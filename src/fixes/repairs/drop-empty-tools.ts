import { type Fields, copyWithout } from '../copy.js';

/** Removes `tools` and the legacy `functions` where they are an empty list, which providers refuse. */
export function dropEmptyTools(_api: string, params: Fields): Fields {
  return ['tools', 'functions'].reduce((current, key) => {
    const tools = current[key];
    return Array.isArray(tools) && tools.length === 0 ? copyWithout(current, key) : current;
  }, params);
}
