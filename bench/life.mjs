// What it costs to live an edition, from the command to its report: seconds, CPU of our processes, of Temporal and of Postgres, statements.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cpuByName, cpuOfEnded, listening, median, of, problemOf, round, table } from './support/measure.mjs';
import { editionFrom, lived, onStack, root } from './support/stage.mjs';

const usual = { '--pairs': 3, '--against': '', '--edition': 'bench/life.yaml' };
const given = (args, name) => (args.includes(name) ? args[args.indexOf(name) + 1] : usual[name]);

/**
 * Runs the bench: `--edition` (the reference edition as it was when it was frozen here) is rehearsed `--pairs` times, in turn with what the servers and
 * a worker alone cost, and with the build of another checkout (`--against FOLDER`). One more life, in this process, counts the statements.
 */
export async function bench(args) {
  const problem = problemOf(args, usual);
  if (problem !== undefined) return { problem };
  const against = given(args, '--against');
  if (against !== '' && !existsSync(join(against, 'bin/troismains.mjs')))
    return { problem: `--against ${against}: there is no bin/troismains.mjs in it; name a checkout of this project` };
  const edition = given(args, '--edition');
  if (!existsSync(join(root, edition))) return { problem: `--edition ${edition}: there is no such file in this checkout` };
  const pairs = of(args, '--pairs', usual['--pairs']);
  const kinds = {
    bare: [join(root, 'bench/life/bare.mjs')],
    ...(against === '' ? {} : { against: lifeIn(resolve(against), edition) }),
    life: lifeIn(root, edition),
  };
  if (against !== '') await ran([join(resolve(against), 'bin/troismains.mjs'), '--help']); // builds it
  const runs = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let pair = 1; pair <= pairs; pair++)
    for (const [kind, command] of Object.entries(kinds)) {
      const run = await ran(command);
      runs[kind].push(run);
      process.stderr.write(`${pair}, ${kind}: ${round(run.seconds, 1)} s, ${round(run.ours, 1)} CPU-s\n`);
    }
  const kept = (of) => median(Object.values(of).map(Number));
  const summary = Object.fromEntries(
    Object.entries(runs).map(([kind, all]) => [
      kind,
      Object.fromEntries(
        ['seconds', 'ours', 'temporal', 'postgres'].map((what) => [
          what === 'seconds' ? 'seconds' : `${what}CpuSeconds`,
          all.some((run) => run[what] === undefined) ? undefined : round(kept(all.map((run) => run[what])), 1),
        ]),
      ),
    ]),
  );
  const [{ mails, history }] = runs.life.map(({ document }) => document);
  const ratio = (one, other, what) => round(median(runs[one].map((run, n) => run[what] / runs[other][n][what])));
  const ratios = {
    toBare: { seconds: ratio('life', 'bare', 'seconds'), ours: ratio('life', 'bare', 'ours') },
    ...(against === '' ? {} : { againstToLife: { seconds: ratio('against', 'life', 'seconds'), ours: ratio('against', 'life', 'ours') } }),
  };
  const document = {
    bench: 'life',
    edition,
    pairs,
    ...(await statementsOf(edition)),
    mails: mails.length,
    events: history.events,
    ...summary,
    ratios,
  };
  return { document, lines: linesOf(document) };
}

const lifeIn = (checkout, edition) => [join(checkout, 'bin/troismains.mjs'), 'rehearse', join(root, edition), '--json', '--out'];

/** Runs a program to its end, and tells what it used: of its children by their names, the rest is ours. */
async function ran(command) {
  const folder = mkdtempSync(join(tmpdir(), 'troismains-bench-'));
  const before = cpuOfEnded();
  const began = performance.now();
  const child = spawn(process.execPath, command.at(-1) === '--out' ? [...command, join(folder, 'report')] : command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let [said, told] = ['', ''];
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const servers = { temporal: 0, postgres: 0 };
  const look = () => {
    for (const [name, seconds] of Object.entries(cpuByName(child.pid, Object.keys(servers))))
      servers[name] = Math.max(servers[name], seconds);
  };
  const looking = setInterval(look, 200);
  try {
    const code = await new Promise((done, failed) => child.once('close', done).once('error', failed));
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${told.slice(-2000)}`);
  } finally {
    clearInterval(looking);
    rmSync(folder, { recursive: true, force: true });
  }
  const all = before === undefined ? undefined : cpuOfEnded() - before;
  const cpu = all === undefined ? {} : { ...servers, ours: all - servers.temporal - servers.postgres };
  return { seconds: (performance.now() - began) / 1000, ...cpu, document: said.startsWith('{') ? JSON.parse(said) : undefined };
}

/** The statements by which the engine lives an edition; what its people do is not counted. */
async function statementsOf(path) {
  const { openStage } = await import('../dist/rehearsal/stage.js');
  return onStack(['postgres', 'temporal'], async (services) => {
    const stage = await openStage(services);
    let statements = 0;
    const meddle = (deps) => ({ ...deps, store: listening(deps.store, () => statements++) });
    await lived(stage, { ...(await editionFrom(path)), meddle }, () => undefined);
    await stage.strike();
    return { statements };
  });
}

function linesOf({ edition, pairs, mails, events, statements, ratios, ...kinds }) {
  const words = { bare: 'servers and a worker alone', against: 'the other build', life: 'a life' };
  const { toBare, againstToLife } = ratios;
  return [
    `${edition}: ${mails} mails, ${events} events, ${statements} statements; ${pairs} pairs, medians`,
    ...table(
      ['', 'seconds', 'our CPU-s', 'Temporal CPU-s', 'Postgres CPU-s'],
      Object.entries(words).flatMap(([kind, name]) =>
        kinds[kind] === undefined
          ? []
          : [[name, kinds[kind].seconds, kinds[kind].oursCpuSeconds, kinds[kind].temporalCpuSeconds, kinds[kind].postgresCpuSeconds]],
      ),
    ),
    `a life is ${toBare.seconds} times the servers alone in seconds, ${toBare.ours} in our CPU`,
    ...(againstToLife === undefined
      ? []
      : [`the other build is ${againstToLife.seconds} times a life in seconds, ${againstToLife.ours} in our CPU`]),
  ];
}
