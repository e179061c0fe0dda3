export { register } from 'arc/next';
