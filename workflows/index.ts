export { cohort } from './cohort.js';
export { signin } from './signin.js';
export { sweep } from './sweep.js';
export { watch } from './watch.js';
