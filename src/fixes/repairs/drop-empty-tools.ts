import { GOOGLE_GENERATE } from '../../patterns/google-request.js';
import { type Fields, copyWithout } from '../copy.js';
import { dropEmptyGoogleTools } from '../google/tools.js';

/** Removes `tools` and the legacy `functions` where they are an empty list, which providers refuse. */
export function dropEmptyTools(api: string, params: Fields): Fields {
  if (api === GOOGLE_GENERATE) return dropEmptyGoogleTools(params);
  return ['tools', 'functions'].reduce((current, key) => {
    const tools = current[key];
    return Array.isArray(tools) && tools.length === 0 ? copyWithout(current, key) : current;
  }, params);
}
