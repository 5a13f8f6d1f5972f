#!/usr/bin/env node
// The command line, from a checkout (built when needed) and from an image (built already).
import { prepare } from './prepare.mjs';

await prepare();
await import('./prepared.mjs');
