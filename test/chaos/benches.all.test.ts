/** The benches run, and say their counts; what they time is nobody's business here. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** Runs a bench as a developer does. */
async function bench(...args: string[]) {
  const program = join(import.meta.dirname, '../../bench/run.mjs');
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const status = await new Promise((done) => child.once('close', done));
  return { status, out, err };
}

/** The document of a bench. */
async function document(...args: string[]) {
  const { status, out, err } = await bench(...args, '--json');
  if (status !== 0) throw new Error(err);
  return JSON.parse(out);
}

const count = expect.any(Number);

test('pages', async () => {
  const sizes = ['--editions', '4', '--people', '200', '--mails', '2000', '--accounts', '60', '--rounds', '1'];
  const { editions, mails, accounts, measured } = await document('pages', ...sizes);
  expect({ editions, mails, accounts }).toEqual({ editions: 4, mails: 2000, accounts: 60 });
  for (const one of measured) expect(one).toMatchObject({ name: expect.any(String), statements: count, bytes: count });
  expect(measured.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['board', 'edition', '/metrics', 'mail list']));
});

test('life', async () => {
  const { mails, events, statements, life, bare } = await document(
    'life',
    '--pairs',
    '1',
    '--edition',
    'editions/parc-des-mornes-2028.yaml',
  );
  expect({ mails, events, statements }).toEqual({ mails: count, events: count, statements: count });
  for (const one of [life, bare]) expect(one).toMatchObject({ seconds: count });
});

test('replay', async () => {
  const options = ['--rounds', '1', '--copies', '1', '--edition', 'editions/parc-des-mornes-2028.yaml'];
  const { edition, bare } = await document('replay', ...options);
  expect(edition.events).toBeGreaterThan(1000);
  expect(Math.abs(bare.events / edition.events - 1)).toBeLessThan(0.05);
});

test('start', async () => {
  const { rounds, ups, node, help, plan, up } = await document('start', '--rounds', '1', '--ups', '1');
  expect({ rounds, ups }).toEqual({ rounds: 1, ups: 1 });
  for (const one of [node, help, plan, up]) expect(one).toMatchObject({ seconds: count });
});

test('click', async () => {
  const { clicks, statements } = await document('click', '--clicks', '1');
  expect({ clicks, statements }).toEqual({ clicks: 1, statements: { median: count, p95: count } });
});

test('review', async () => {
  const sizes = ['--people', '350', '--answers', '20', '--rounds', '1', '--edition', 'editions/parc-des-mornes-2028.yaml'];
  const { life, people, opening, nothingDue, answers } = await document('review', ...sizes);
  expect(life.reviews).toEqual({ count, median: count, p95: count, most: count });
  expect(opening.rowsWritten).toBeGreaterThan(people);
  expect(nothingDue).toMatchObject({ rowsRead: count, rowsWritten: count });
  expect(answers).toMatchObject({ count: 20, rounds: 1 });
});

test('outreach', async () => {
  const { ours, oursWithoutWords, childEach } = await document('outreach', '--people', '310', '--children', '3', '--alone');
  for (const one of [ours, oursWithoutWords]) expect(one).toMatchObject({ people: 310, mails: 4 * 310, events: count });
  expect(childEach).toMatchObject({ people: 3, events: count });
  expect(childEach.events).toBeGreaterThan(50 * ours.events);
});

test('morning', async () => {
  const { ours, bare } = await document('morning', '--editions', '2');
  expect(ours).toMatchObject({ count: 2, done: 2 * 7, workflowTasks: count, longWorkflowTasks: count });
  expect(bare).toMatchObject({ count: 2, done: 2, workflowTasks: count });
});

test('an option that a bench does not have is refused, with those that it has', async () => {
  expect(await bench('pages', '--edition', '4')).toMatchObject({
    status: 2,
    out: '',
    err: expect.stringContaining('--editions, --people'),
  });
  expect(await bench('pages', '--editions', 'many')).toMatchObject({ status: 2, err: '--editions takes a number above zero, not many\n' });
});
