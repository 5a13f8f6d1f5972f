#!/usr/bin/env node
// `npm run bench -- <name> [--json] [options]`: timings as ratios against a baseline in the same run. No test depends on them.
import { existsSync } from 'node:fs';
import { prepare } from '../bin/prepare.mjs';

const [name, ...args] = process.argv.slice(2);
const file = new URL(`./${name}.mjs`, import.meta.url);
if (name === undefined || !/^[a-z]+$/.test(name) || name === 'run' || !existsSync(file)) {
  process.stderr.write('npm run bench -- mail [--json] [--mails 5000] [--rounds 3] [--accept-ms 10]\n');
  process.exit(2);
}
await prepare();
const { bench } = await import(file.href);
const { document, lines } = await bench(args);
process.stdout.write(args.includes('--json') ? `${JSON.stringify(document)}\n` : `${lines.join('\n')}\n`);
