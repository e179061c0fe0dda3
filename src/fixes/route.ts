import { type Fields, copyWith } from './copy.js';

/** Sends a request to another model. Adapters are models too: providers address them by a model name. */
export function routeTo(params: Fields, { model }: { readonly model: string }): Fields {
  return params['model'] === model ? params : copyWith(params, 'model', model);
}
