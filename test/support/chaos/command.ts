import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openCrew } from './crew.js';
import { openGround } from './ground.js';
import { lifeMs, liveSeed } from './run.js';
import { exitCodeOf, isClean, isUnlived, type Result, table, tell } from './told.js';

const usage = `npm run chaos -- --seeds 1-200 [--jobs 2] [--fresh] [--json] [--table docs/chaos.md] [--results .chaos/results.jsonl]

Lives a small edition once a seed, in virtual time, on a Temporal and a Postgres of its own, while processes are killed and services stopped, and
checks what must hold whatever happened (docs/chaos.md). What was lived at this commit is not lived again unless --fresh, or it ran out of time;
a commit of documents and tests alone (docs/, *.md, *.test.ts) changes nothing. --jobs lives so many seeds side by side.
Exit code 1 when something is violated, or not all was lived to its end; 130 when interrupted.`;

const root = join(import.meta.dirname, '../../..');
/** A seed that takes longer is stuck, and so is all that it runs on: a life may take long, and there is what comes before and after it. */
const stuckAfterMs = lifeMs + 110_000;
/** Exit codes of the process that lives: a seed was stuck, its services did not start. */
const stuckCode = 70;
const noGround = 71;

interface Asked {
  seeds: number[];
  results: string;
  commit: string;
}

/** Runs the command; answers its exit code. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: 'string', default: '1-10' },
      jobs: { type: 'string', default: '1' },
      results: { type: 'string', default: join(root, '.chaos/results.jsonl') },
      table: { type: 'string' },
      json: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      /** A process of our own, which lives seeds for a commit. */
      lives: { type: 'string' },
    },
  });
  const seeds = seedsOf(values.seeds);
  const jobs = Number(values.jobs);
  if (values.help || seeds === undefined || !Number.isInteger(jobs) || jobs < 1) {
    process.stderr.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const asked: Asked = { seeds, results: values.results, commit: values.lives ?? commitNow() };
  if (values.lives !== undefined) return live(asked);
  if (values.fresh) rmSync(asked.results, { force: true });
  mkdirSync(dirname(asked.results), { recursive: true });
  const { interrupted } = await liveAll(asked, jobs);
  const done = resultsOf(asked).filter(({ seed }) => seeds.includes(seed));
  if (values.json) for (const result of done) process.stdout.write(`${JSON.stringify(result)}\n`);
  if (values.table !== undefined) intoDocument(values.table, done);
  const bad = done.filter((result) => !isClean(result));
  const which = bad.length === 0 ? '' : `; not: ${bad.map(({ seed }) => seed).join(', ')}`;
  const unlived = seeds.length - done.length;
  const rest = unlived > 0 ? `; ${unlived} ${interrupted ? 'left when interrupted' : 'not lived'}` : '';
  process.stderr.write(`${done.length} seeds, ${done.length - bad.length} without a violation${which}${rest}\n`);
  return exitCodeOf({ seeds, results: done, interrupted });
}

function seedsOf(text: string): number[] | undefined {
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text)) return undefined;
  return text.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  });
}

/** What no run runs. */
const besides = [':!docs', ':!*.md', ':!*.test.ts'];

/** What the results are of: the last commit of what a run runs, and whether something was changed since. */
function commitNow(): string {
  const git = (...words: string[]) => spawnSync('git', words, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('log', '-1', '--format=%h', '--abbrev=10', '--', '.', ...besides) || 'unknown';
  return git('status', '--porcelain', '--untracked-files=no', '--', '.', ...besides) === '' ? commit : `${commit}+`;
}

/** The last result of each seed at this commit. */
function resultsOf({ results, commit }: Asked): Result[] {
  const lines = existsSync(results) ? readFileSync(results, 'utf8').split('\n').filter(Boolean) : [];
  const all = lines.map((line): Result => JSON.parse(line)).filter((result) => result.commit === commit);
  return [...new Map(all.map((result) => [result.seed, result])).values()];
}

const keep = ({ results }: Asked, result: Result) => appendFileSync(results, `${JSON.stringify(result)}\n`);

/** Forgets the asked seeds that say nothing yet: they are lived again. */
function forgetUnlived({ seeds, results, commit }: Asked): void {
  if (!existsSync(results)) return;
  const isForgotten = (result: Result) => result.commit === commit && seeds.includes(result.seed) && isUnlived(result);
  const lines = readFileSync(results, 'utf8').split('\n').filter(Boolean);
  const kept = lines.filter((line) => !isForgotten(JSON.parse(line)));
  if (kept.length < lines.length) writeFileSync(results, kept.map((line) => `${line}\n`).join(''));
}

/** Whether a process that lived seeds was ended by a signal that asks to end: somebody's wish, and no crash. */
const wasAskedToEnd = (how: string): boolean => how === 'SIGINT' || how === 'SIGTERM' || how === 'SIGHUP';

/** Has other processes live the seeds that are left, each its share. */
async function liveAll(asked: Asked, jobs: number): Promise<{ interrupted: boolean }> {
  if (asked.commit.endsWith('+')) rmSync(asked.results, { force: true }); // of a change that has no name
  forgetUnlived(asked);
  const shares = Array.from({ length: jobs }, (_, job) => asked.seeds.filter((_seed, index) => index % jobs === job));
  const lived = await Promise.all(shares.map((seeds) => liveShare({ ...asked, seeds })));
  return { interrupted: lived.some(({ interrupted }) => interrupted) };
}

/** Has another process live the seeds that are left; one that ends it is noted, and the next process goes on behind it. */
async function liveShare(asked: Asked): Promise<{ interrupted: boolean }> {
  for (let interrupted = false; ; ) {
    const done = new Set(resultsOf(asked).map(({ seed }) => seed));
    const left = asked.seeds.filter((seed) => !done.has(seed));
    const [next] = left;
    if (next === undefined || interrupted) return { interrupted };
    const args = ['--seeds', left.join(','), '--results', asked.results, '--lives', asked.commit];
    const child = spawn(process.execPath, [join(root, 'bin/chaos.mjs'), ...args], { stdio: ['ignore', 'inherit', 'inherit'], cwd: root });
    const stop = (signal: NodeJS.Signals) => {
      interrupted = true;
      child.kill(signal); // a terminal has told it too
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
    const how = await new Promise<string>((tell) => child.once('exit', (code, signal) => tell(signal ?? String(code))));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    if (how === String(noGround)) throw new Error('no services to live on');
    interrupted ||= wasAskedToEnd(how);
    if (how === '0' || interrupted) continue;
    const stuckAt = left.find((seed) => !resultsOf(asked).some((result) => result.seed === seed));
    if (stuckAt === undefined) continue;
    const crashed: Result = {
      seed: stuckAt,
      commit: asked.commit,
      crashed: how === String(stuckCode) ? 'it was stuck' : `its process ended: ${how}`,
    };
    keep(asked, crashed);
    process.stderr.write(`${tell(crashed)}\n`);
  }
}

/** Lives seeds, one after the other, in this process. */
async function live(asked: Asked): Promise<number> {
  const ground = await openGround().catch((error: unknown) => void process.stderr.write(`${error}\n`));
  if (ground === undefined) return noGround;
  const crew = openCrew();
  try {
    for (const seed of asked.seeds) {
      const stuck = setTimeout(() => process.exit(stuckCode), stuckAfterMs);
      const lived = await liveSeed({ ground, crew }, seed);
      clearTimeout(stuck);
      keep(asked, { ...lived, commit: asked.commit });
      process.stderr.write(`${tell(lived)}\n`);
    }
    return 0;
  } finally {
    crew.close();
    await ground.close();
  }
}

/** Writes the table between the marks of a document. */
function intoDocument(file: string, results: readonly Result[]): void {
  const [before, , after] = readFileSync(file, 'utf8').split(/<!-- (?:generated|end) -->/);
  if (after === undefined) throw new Error(`${file} has no "<!-- generated -->" and "<!-- end -->"`);
  writeFileSync(file, `${before}<!-- generated -->\n${table(results)}\n<!-- end -->${after}`);
}
