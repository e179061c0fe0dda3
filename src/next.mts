export { register, withArc } from './next.js';
