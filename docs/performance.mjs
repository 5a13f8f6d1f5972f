#!/usr/bin/env node
// Writes the figures of docs/performance.md from the benches: all of them (half an hour), or those that are named.
//   node docs/performance.mjs [NAME …]
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const file = at('docs/performance.md');
const begins = (name) => `<!-- generated: node docs/performance.mjs ${name} -->\n`;
const ends = '<!-- end -->';

const known = [...readFileSync(file, 'utf8').matchAll(/<!-- generated: node docs\/performance\.mjs (\w+) -->/g)].map(([, name]) => name);
const names = process.argv.length > 2 ? process.argv.slice(2) : known;
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`docs/performance.md has no place for ${unknown.join(', ')}; it has: ${known.join(', ')}\n`);
  process.exit(2);
}
/** Sizes that a bench is not run at by itself. */
const options = { morning: ['--editions', '1000'] };
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: at('.'), encoding: 'utf8' }).trim();
for (const name of names) {
  const [load] = loadavg();
  const { status, stdout } = spawnSync(process.execPath, [at('bench/run.mjs'), name, ...(options[name] ?? [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) process.exit(1);
  const day = new Date().toISOString().slice(0, 10);
  const where = `${day}, ${commit}, ${availableParallelism()} cores, Node ${process.versions.node}, load average ${load.toFixed(1)} before it`;
  const text = readFileSync(file, 'utf8');
  const [before, rest = ''] = text.split(begins(name));
  writeFileSync(file, `${before}${begins(name)}\`\`\`text\n${stdout}\n${where}\n\`\`\`\n${rest.slice(rest.indexOf(ends))}`);
  process.stdout.write(`${name}\n${stdout}\n`);
}
