#!/usr/bin/env node
// `npm run bench -- <name> [--json] [options]`: counts, and timings as ratios against a baseline in the same run, which no test depends on; how a corpus is read.
import { existsSync } from 'node:fs';
import { prepare } from '../bin/prepare.mjs';

const [name, ...args] = process.argv.slice(2);
const file = new URL(`./${name}.mjs`, import.meta.url);
if (name === undefined || !/^[a-z]+$/.test(name) || name === 'run' || !existsSync(file)) {
  refuse(
    [
      'npm run bench -- NAME [--json] [options]',
      '  mail      [--mails 5000] [--rounds 3] [--accept-ms 10]',
      '  pages     [--editions 500] [--people 100000] [--mails 1000000] [--accounts 1000] [--rounds 20]',
      '  life      [--pairs 3] [--against CHECKOUT] [--edition bench/life.yaml]',
      '  replay    [--rounds 3] [--copies 4] [--edition bench/life.yaml]',
      '  start     [--rounds 20] [--ups 3]',
      '  click     [--clicks 40]',
      '  review    [--people 10000] [--answers 500] [--connections 8] [--rounds 3] [--edition bench/life.yaml]',
      '  outreach  [--people 10000] [--children 500] [--others 2000] [--alone]',
      '  morning   [--editions 100] [--lead-ms 100]',
      '  bounces   FOLDER',
    ].join('\n'),
  );
}
await prepare();
const { bench } = await import(file.href);
const { document, lines, problem } = await bench(args);
if (problem !== undefined) refuse(problem);
process.stdout.write(args.includes('--json') ? `${JSON.stringify(document)}\n` : `${lines.join('\n')}\n`);

function refuse(why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
