// Lets plain node run the TypeScript of this checkout, for commands that belong to the tests: node --import ./bin/typescript.mjs file.ts
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
