// Whatever goes wrong in `troismains rehearse`: it says so in words, with its exit code, and leaves no process, no folder and no database behind.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { onPath } from '../../embedded/temporal-source.js';
import { readPersonas } from '../../rehearsal/personas/read.js';
import { RehearsalFailed, rehearse } from '../../rehearsal/rehearse.js';
import { type Ended, PARTS, type Rehearsing, startRehearsing } from '../support/rehearsing.js';
import { smallEdition } from '../support/small.js';
import { setStage } from '../support/theatre.js';

const small = fileURLToPath(new URL('../workflows/fixtures/small.yaml', import.meta.url));
/** Its first instant has been reached: the edition is being lived. */
const lived = /5 January|5 janvier/;
/** The first month's end. */
const inTheMiddle = /February|février/;

let folder: string;
/** People who answer at once: what they answer is nothing to these tests. */
let prompt: string;
const begun: Rehearsing[] = [];
const mounts: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troismains-chaos-'));
  await chmod(folder, 0o755); // Postgres' own user comes by when we are root
  prompt = await file('prompt.yaml', 'schema: 1\nextends: punctual\nrules: [{ role: applicant, answersAfter: 1, submitsAfter: 1 }]\n');
});

afterEach(() => {
  for (const { child } of begun.splice(0)) child.kill('SIGKILL'); // its guard ends the rest
  for (const mounted of mounts.splice(0)) spawnSync('umount', ['-l', mounted]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

async function start(args: readonly string[], options: Parameters<typeof startRehearsing>[1] = {}): Promise<Rehearsing> {
  const rehearsing = await startRehearsing(args, options);
  begun.push(rehearsing);
  return rehearsing;
}

const live = (args: readonly string[] = [], options: Parameters<typeof startRehearsing>[1] = {}) =>
  start([small, '--personas', prompt, ...args], options);

/** The one document that a command has printed; fails when it printed anything else. */
const documentOf = <T = { error: { exitCode: number; message: string } }>({ stdout }: Ended): T => JSON.parse(stdout) as T;

/** A folder for `--out` that holds an earlier report, and what it holds. */
async function earlierReport(): Promise<{ out: string; same(): Promise<void> }> {
  const out = await mkdtemp(join(folder, 'out-'));
  const files = { 'index.html': 'earlier', 'report.json': '{}', 'mails.mbox': '', 'plan.ics': 'earlier' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(out, name), text);
  const same = async () => {
    expect((await readdir(out)).sort()).toEqual(Object.keys(files).sort());
    for (const [name, text] of Object.entries(files)) expect(await readFile(join(out, name), 'utf8')).toBe(text);
  };
  return { out, same };
}

describe('interrupted', () => {
  test('while its stack starts: says so in words, and leaves nothing', async () => {
    const rehearsing = await live(['--out', join(folder, 'nowhere')]);
    await rehearsing.runs(PARTS.postgres);
    rehearsing.interrupt();
    const { code, stdout, stderr } = await rehearsing.ended;
    expect({ code, stdout, last: stderr.split('\n').at(-1) }).toEqual({ code: 1, stdout: '', last: 'Interrupted: nothing was kept.' });
    await rehearsing.leavesNothing();
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('in the middle, with --json: one document, in the language asked for, and the earlier report as it was', async () => {
    const { out, same } = await earlierReport();
    const rehearsing = await live(['--json', '--out', out], { env: { LANG: 'fr_FR.UTF-8' } });
    await rehearsing.says(inTheMiddle);
    rehearsing.interrupt('SIGTERM');
    const ended = await rehearsing.ended;
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('Interruption') });
    expect(documentOf(ended)).toEqual({ error: { exitCode: 1, message: "Interrompu : rien n'a été gardé." } });
    await rehearsing.leavesNothing();
    await same();
  });

  test('twice: leaves at once, still with its words, and the guard ends what runs', async () => {
    const rehearsing = await live(['--json']);
    await rehearsing.says(lived);
    rehearsing.interrupt();
    await rehearsing.says(/Interrupted/);
    rehearsing.interrupt();
    const ended = await rehearsing.ended;
    expect(ended.code).toBe(1);
    expect(documentOf(ended).error).toEqual({ exitCode: 1, message: 'Interrupted: nothing was kept.' });
    await rehearsing.leavesNothing();
  });

  test('between two of many lives: ends them all', async () => {
    const { out, same } = await earlierReport();
    const rehearsing = await live(['--seeds', '50', '--json', '--out', out]);
    await rehearsing.says(/seed 1 /);
    rehearsing.interrupt();
    const ended = await rehearsing.ended;
    expect(documentOf(ended).error.exitCode).toBe(ended.code);
    expect(ended.code).toBe(1);
    await rehearsing.leavesNothing();
    await same();
  });

  test('killed without a word: the guard ends its stack and removes its folders', async () => {
    const rehearsing = await live();
    await rehearsing.says(lived);
    rehearsing.child.kill('SIGKILL');
    expect(await rehearsing.ended).toMatchObject({ signal: 'SIGKILL' });
    await rehearsing.leavesNothing();
  });
});

/** Servers that count who comes by, and an environment that leads a careless command to them. */
async function theirInstallation(): Promise<{ env: NodeJS.ProcessEnv; contacts(): number; close(): void }> {
  let contacts = 0;
  const servers: Server[] = [];
  const listen = () =>
    new Promise<number>((resolve) => {
      const server = createServer((socket) => {
        contacts += 1;
        socket.destroy();
      });
      servers.push(server);
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
  const env = {
    TEMPORAL_ADDRESS: `127.0.0.1:${await listen()}`,
    TEMPORAL_NAMESPACE: 'theirs',
    TEMPORAL_PROFILE: 'theirs',
    TEMPORAL_CONFIG_FILE: await file('temporal.toml', `[profile.theirs]\naddress = "127.0.0.1:${await listen()}"\n`),
    DATABASE_URL: `postgres://theirs:theirs@127.0.0.1:${await listen()}/theirs`,
    SMTP_URL: `smtp://127.0.0.1:${await listen()}`,
    PGHOST: '127.0.0.1',
    PGPORT: String(await listen()),
  };
  const close = () => {
    for (const server of servers) server.close();
  };
  return { env, contacts: () => contacts, close };
}

/** Whether a small disk can be had: root on Linux, where it may mount. */
const canMount = (() => {
  if (process.platform !== 'linux') return false;
  const at = spawnSync('mktemp', ['-d'], { encoding: 'utf8' }).stdout.trim();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at]).status === 0;
  if (mounted) spawnSync('umount', [at]);
  spawnSync('rmdir', [at]);
  return mounted;
})();

async function smallDisk(size: string): Promise<string> {
  const at = await mkdtemp(join(folder, 'disk-'));
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', at], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  mounts.push(at);
  return at;
}

/** Takes all the room there is, with a file that has no name; answers how to give it back. */
function fill(at: string): () => void {
  const name = join(at, 'filling');
  const taken = openSync(name, 'w');
  unlinkSync(name);
  for (const bytes of [1 << 16, 1 << 9])
    try {
      for (;;) writeSync(taken, Buffer.alloc(bytes));
    } catch {
      // full
    }
  return () => closeSync(taken);
}

describe('on a full disk (where one can be mounted)', () => {
  const ifMounted = canMount ? test : test.skip;

  ifMounted('that has no room for its stack: says which disk, and leaves nothing on it', async () => {
    const disk = await smallDisk('20m');
    const rehearsing = await live(['--json'], { temporary: disk });
    const ended = await rehearsing.ended;
    expect(documentOf(ended).error).toEqual({ exitCode: 1, message: expect.stringContaining(`No space is left on the disk of ${disk}`) });
    expect(ended.code).toBe(1);
    await rehearsing.leavesNothing();
  });

  ifMounted('that fills while it lives: ends soon, and says it is full, not what broke on it', async () => {
    const disk = await smallDisk('300m');
    const rehearsing = await live([], { temporary: disk, env: { LANG: 'fr' } });
    await rehearsing.says(lived);
    const free = fill(disk);
    try {
      const { code, stdout, stderr } = await rehearsing.ended;
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`Il n'y a plus de place sur le disque de ${disk}`);
      expect(stderr).not.toMatch(/\n\s+at /);
      await rehearsing.leavesNothing();
    } finally {
      free();
    }
  });

  ifMounted('that has no room for its report: the earlier one stays whole', async () => {
    const disk = await smallDisk('128k');
    await writeFile(join(disk, 'index.html'), 'earlier');
    const rehearsing = await live(['--json', '--out', disk]);
    const ended = await rehearsing.ended;
    expect(ended.code).toBe(1);
    expect(documentOf(ended).error.message).toBe(
      `The report could not be written to ${disk}: no space is left on that disk. What was there has not changed. Choose another --out.`,
    );
    expect([await readdir(disk), await readFile(join(disk, 'index.html'), 'utf8')]).toEqual([['index.html'], 'earlier']);
    await rehearsing.leavesNothing();
  });
});

describe('without a service', () => {
  test('no Temporal server to be had: says what would help, and that is not a server of one’s own', async () => {
    const tools = join(folder, 'bin');
    await mkdir(tools);
    for (const name of ['sh', 'id', 'ps'])
      for (const found of (await onPath(name, process.env)).slice(0, 1)) await symlink(found, join(tools, name));
    const offline = `data:text/javascript,${encodeURIComponent('globalThis.fetch = async () => { throw new Error("no network"); };')}`;
    const env = { PATH: tools, TROISMAINS_CACHE: join(folder, 'cache'), TEMPORAL_CLI: '', NODE_OPTIONS: `--import ${offline}` };
    const rehearsing = await live(['--json'], { env });
    const ended = await rehearsing.ended;
    expect(ended.code).toBe(4);
    const { message } = documentOf(ended).error;
    expect(message).toMatch(/^The rehearsal could not begin: No Temporal server\.\n.*install the CLI.*install Go/s);
    expect(message).not.toContain('TEMPORAL_ADDRESS');
    await rehearsing.leavesNothing();
  });

  test.each([
    ['Temporal', PARTS.temporal],
    ['Postgres', PARTS.postgres],
  ] as const)('%s killed while it starts: says which service, and leaves nothing', async (name, part) => {
    const rehearsing = await live();
    process.kill((await rehearsing.runs(part)).pid, 'SIGKILL');
    const { code, stderr, stdout } = await rehearsing.ended;
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    // on a busy machine it is killed when it has just begun
    expect(stderr).toMatch(new RegExp(`The rehearsal (could not begin|did not come to its end): ${name} ended \\(SIGKILL\\)`));
    await rehearsing.leavesNothing();
  });

  test.each([
    ['Temporal', PARTS.temporal],
    ['Postgres', PARTS.postgres],
  ] as const)('%s killed in the middle: says which service and what to do, and leaves nothing', async (name, part) => {
    const rehearsing = await live(['--json']);
    const { pid } = await rehearsing.runs(part);
    await rehearsing.says(lived);
    process.kill(pid, 'SIGKILL');
    const ended = await rehearsing.ended;
    expect(ended.code).toBe(4);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(documentOf(ended).error.message).toMatch(
      new RegExp(`^The rehearsal did not come to its end: ${name} ended \\(SIGKILL\\).*\nNothing was kept: run the command again\\.$`, 's'),
    );
    await rehearsing.leavesNothing();
  });
});

describe('with an input that is wrong, nothing is started', () => {
  const rushed = async () => file('rushed.yaml', (await readFile(small, 'utf8')).replace('target: 2026-06-26', 'target: 2026-02-27'));
  const broken = async () =>
    file('broken.yaml', (await readFile(small, 'utf8')).replace('jury: [direction, transports]', 'jury: [nobody]'));
  const personas = (text: string) => async () => ['--personas', await file('personas.yaml', text)];
  const full = async () => {
    const out = await mkdtemp(join(folder, 'foreign-'));
    await writeFile(join(out, 'thesis.odt'), 'mine');
    return ['--out', out];
  };
  const cases: [string, number, () => Promise<string[]>, RegExp][] = [
    ['an infeasible edition', 3, async () => [await rushed()], /infeasible/],
    ['an edition with a problem', 2, async () => [await broken()], /selection\.jury/],
    ['an edition that is not there', 2, async () => [join(folder, 'none.yaml')], /ENOENT/],
    ['personas for somebody unknown', 2, personas('schema: 1\nrules: [{ person: nobody, answersAfter: 1 }]'), /rules\[0\]\.person\[0\]/],
    [
      'personas out of range',
      2,
      personas('schema: 1\nrules: [{ step: nothing, answersAfter: [5, 1] }]'),
      /rules\[0\]\.step.*rules\[0\]\.answersAfter/s,
    ],
    ['personas that are not YAML', 2, personas('schema: [1'), /line|ligne/],
    ['personas that are not there', 2, async () => ['--personas', join(folder, 'none.yaml')], /neither a known name|ni un nom connu/],
    ['--out in a folder that holds something else', 2, full, /thesis\.odt/],
    ['--out where no folder can be made', 2, async () => ['--out', join(small, 'out')], /ENOTDIR/],
  ];

  test.each(cases)('%s: exit code %i', async (_, code, args, words) => {
    const given = await args();
    const rehearsing = await start([...(given[0]?.startsWith('--') ? [small, ...given] : given), '--json']);
    const ended = await rehearsing.ended;
    expect(documentOf(ended)).toMatchObject({ error: { exitCode: code } });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: '' });
    expect(ended.stdout).toMatch(words);
    await rehearsing.leavesNothing();
  });
});

describe('without an end', () => {
  test('people who never answer what has no end: stopped after three years, naming who is waited for', async () => {
    const never = await file('never.yaml', 'schema: 1\nextends: punctual\nrules: [{ step: diagnosis, neverAnswers: true }]\n');
    const out = join(folder, 'never');
    const rehearsing = await start([small, '--personas', never, '--out', out]);
    const { code, stdout } = await rehearsing.ended;
    expect(code).toBe(3);
    expect(stdout).toMatch(/✗ Stopped on Friday 5 January 2029.*Équipe de coordination, since Wednesday 7 January 2026 \(Diagnosis\)/s);
    const { stopped, history } = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
    expect(stopped).toMatchObject({
      at: '2029-01-05T08:30+01:00',
      waitingOn: [{ step: 'diagnosis', person: 'coordo', opened: expect.stringMatching(/^2026-01-07/) }],
    });
    expect(history.events).toBeLessThan(500);
    expect(await readFile(join(out, 'index.html'), 'utf8')).toContain('5 January 2029');
    await rehearsing.leavesNothing();
  });

  test("an approver who refuses for ever: stopped likewise, with the version it has come to; nobody's own installation is ever contacted", async () => {
    const rules = '[{ step: diagnosis, answersAfter: 120 }, { step: diagnosis-approval, refuses: true }]';
    const personas = await file('refuses.yaml', `schema: 1\nextends: punctual\nrules: ${rules}\n`);
    const theirs = await theirInstallation();
    try {
      const rehearsing = await start([small, '--personas', personas, '--json'], { env: theirs.env });
      const ended = await rehearsing.ended;
      expect({ code: ended.code, contacts: theirs.contacts() }).toEqual({ code: 3, contacts: 0 });
      const { stopped } = documentOf<{ stopped: { waitingOn: { step: string; version: number }[] } }>(ended);
      expect(stopped.waitingOn).toHaveLength(1);
      expect(stopped.waitingOn[0]?.version).toBeGreaterThan(4);
      await rehearsing.leavesNothing();
    } finally {
      theirs.close();
    }
  });

  test('the same two steps over and over within days: stopped before the run is too long for the engine', async () => {
    const { strike, ...stage } = await setStage();
    try {
      const { edition, source } = smallEdition();
      const rules = '[{ answersAfter: 0 }, { step: diagnosis-approval, refuses: true }]';
      const reading = readPersonas(`schema: 1\nextends: none\nrules: ${rules}\n`, edition);
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      const { document } = await rehearse(stage, { edition, source, personas: reading.personas, seed: 1, mostEvents: 300 });
      expect(document.history.events).toBeLessThan(3_000);
      expect(document.stopped?.at).toMatch(/^2026-/);
      expect(document.stopped?.waitingOn).toEqual([expect.objectContaining({ step: expect.stringMatching(/^diagnosis/) })]);
    } finally {
      await strike();
    }
  });

  test('a story that throws ends the rehearsal at once, instead of being tried for years', async () => {
    const { strike, ...stage } = await setStage();
    try {
      const bundle = await readFile(stage.bundlePath, 'utf8');
      const broken = bundle.replace(/async function writeCall\(story\) \{/, (head) => `${head} throw new Error('the story broke');`);
      expect(broken).not.toBe(bundle);
      const { edition, source } = smallEdition();
      const reading = readPersonas(await readFile(prompt, 'utf8'), edition);
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      const rehearsal = rehearse(
        { ...stage, bundlePath: await file('broken-bundle.js', broken) },
        { edition, source, personas: reading.personas, seed: 1 },
      );
      await expect(rehearsal).rejects.toThrow(RehearsalFailed);
      await expect(rehearsal).rejects.toThrow('the story broke');
    } finally {
      await strike();
    }
  });
});
