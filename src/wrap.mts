export { wrap } from './wrap.js';
