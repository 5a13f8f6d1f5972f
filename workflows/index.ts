export { cohort } from './cohort.js';
export { sweep } from './sweep.js';
export { watch } from './watch.js';
