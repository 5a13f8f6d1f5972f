// What it costs to start: help, a plan, the whole stack a second time, against Node alone.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuOfEnded, median, of, problemOf, round, table } from './support/measure.mjs';
import { root } from './support/stage.mjs';

const usual = { '--rounds': 20, '--ups': 3 };
const program = join(root, 'bin/troismains.mjs');
const edition = join(root, 'bench/life.yaml');

/** Runs the bench: each `--rounds` times, in turn; `up` once to make its data, then `--ups` times until it says that it is ready, and is stopped. */
export async function bench(args) {
  const problem = problemOf(args, usual);
  if (problem !== undefined) return { problem };
  const [rounds, ups] = Object.entries(usual).map(([name, number]) => of(args, name, number));
  const commands = {
    node: ['-e', '0'],
    help: [program, '--help'],
    plan: [program, 'plan', edition],
    commandHelp: [program, 'cohort', 'start', '--help'],
  };
  const runs = Object.fromEntries([...Object.keys(commands), 'up'].map((name) => [name, []]));
  await ended(commands.plan); // once for the files that it reads
  for (let n = 0; n < rounds; n++) for (const [name, command] of Object.entries(commands)) runs[name].push(await ended(command));
  const data = mkdtempSync(join(tmpdir(), 'troismains-bench-'));
  chmodSync(data, 0o711); // root's Postgres goes through it to its own folder
  try {
    const first = await up(data);
    for (let n = 0; n < ups; n++) runs.up.push(await up(data));
    const all = (name, what) => runs[name].map((run) => run[what]);
    // CPU is counted in hundredths of a second: one run of Node is five of them.
    const mid = (name, what) => (what === 'cpu' ? mean(all(name, what)) : median(all(name, what)));
    const ratio = (name, what) => round(mid(name, what) / mid('node', what));
    const measured = Object.fromEntries(
      Object.keys(runs).map((name) => [
        name,
        {
          seconds: round(mid(name, 'seconds')),
          cpuSeconds: round(mid(name, 'cpu'), 3),
          toNode: { seconds: ratio(name, 'seconds'), cpu: ratio(name, 'cpu') },
        },
      ]),
    );
    const document = { bench: 'start', rounds, ups, ...measured, firstUp: { seconds: round(first.seconds), cpuSeconds: round(first.cpu) } };
    return { document, lines: linesOf(document) };
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  }
}

const mean = (all) => (all.includes(undefined) ? undefined : all.reduce((sum, one) => sum + one, 0) / all.length);

/** What one command costs, its children too. */
async function ended(command, { ready } = {}) {
  const before = cpuOfEnded();
  const began = performance.now();
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } });
  const closed = new Promise((done, failed) => child.once('close', done).once('error', failed));
  let [said, told, seconds] = ['', '', undefined];
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (seconds !== undefined || ready === undefined || !said.includes('\n')) return;
    seconds = (performance.now() - began) / 1000;
    child.kill('SIGINT');
  });
  const code = await closed;
  if (ready === undefined ? code !== 0 : seconds === undefined) throw new Error(`${command.join(' ')} ended with ${code}: ${told}`);
  return { seconds: seconds ?? (performance.now() - began) / 1000, cpu: before === undefined ? undefined : cpuOfEnded() - before };
}

/** From the command to the line that says it is ready; its CPU also of stopping. */
const up = (data) => ended([program, 'up', '--json', '--data', data], { ready: true });

function linesOf({ rounds, ups, firstUp, ...measured }) {
  const words = {
    node: 'node alone',
    help: 'troismains --help',
    commandHelp: 'cohort start --help',
    plan: 'plan of an edition',
    up: 'up, a second time',
  };
  const row = (name, { seconds, cpuSeconds, toNode }) => [words[name], seconds, cpuSeconds, toNode?.seconds, toNode?.cpu];
  return [
    ...table(
      ['', 'seconds', 'CPU-s', 'to node, s', 'to node, CPU'],
      [...Object.keys(words).map((name) => row(name, measured[name])), ['up, the first time', firstUp.seconds, firstUp.cpuSeconds]],
    ),
    `${rounds} rounds and ${ups} of up: medians of seconds, means of CPU; that of up is of starting and stopping`,
  ];
}
