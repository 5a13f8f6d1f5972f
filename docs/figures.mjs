#!/usr/bin/env node
// Writes the figures of the README from the product itself: rehearses the reference edition as the README says, and counts.
//   node docs/figures.mjs
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const args = [at('bin/troismains.mjs'), 'rehearse', at('editions/val-d-oise-2023.yaml'), '--json'];
const { status, stdout } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 });
if (status !== 0) process.exit(1);
const { wallSeconds, mails } = JSON.parse(stdout);
const people = new Set(mails.map(({ person }) => person)).size;

const readme = at('README.md');
const [before, rest = ''] = readFileSync(readme, 'utf8').split('<!-- generated: node docs/figures.mjs -->\n');
const after = rest.slice(rest.indexOf('<!-- end -->'));
const cores = availableParallelism();
const sentence = `In ${Math.ceil(wallSeconds)} seconds on ${cores === 1 ? 'one core' : `${cores} cores`} an edition of a year is lived to its restitution: ${mails.length} mails to ${people} people, none of which leaves your machine.`;
writeFileSync(readme, `${before}<!-- generated: node docs/figures.mjs -->\n${sentence}\n${after}`);
process.stdout.write(`${sentence}\n`);
