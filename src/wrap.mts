export { flush, wrap } from './wrap.js';
