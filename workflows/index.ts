export { cohort } from './cohort.js';
export { signIn } from './sign-in.js';
export { sweep } from './sweep.js';
export { watch } from './watch.js';
