export { cohort } from './cohort.js';
export { sweep } from './sweep.js';
