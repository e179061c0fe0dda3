import { testCompatible } from './compatible-suite.js';

testCompatible({
  module: 'together-ai',
  className: 'Together',
  provider: 'together_ai',
  options: (url) => ({ baseURL: `${url}/v1` }),
});
