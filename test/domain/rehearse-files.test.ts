import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { reportFolder, writeReport } from '../../cli/rehearse/report.js';
import { greets } from '../../embedded/mailbox.js';
import { fullFolder, saysFull } from '../../embedded/space.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troismains-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const earlier = { 'index.html': 'earlier', 'odds.json': '{}' };
const files = { 'index.html': 'new', 'report.json': '{}' };
const put = async (given: Record<string, string>) => {
  for (const [name, text] of Object.entries(given)) await writeFile(join(folder, name), text);
};
const held = async () =>
  Object.fromEntries(await Promise.all((await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name), 'utf8')])));

describe('the folder of a report', () => {
  test('may be empty, hold an earlier report, or be made: it is left as it was', async () => {
    await reportFolder(folder);
    await put(earlier);
    await reportFolder(folder);
    expect(await held()).toEqual(earlier);
    await reportFolder(join(folder, 'a', 'b'));
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  test('may hold what a rehearsal left that was killed while it wrote', async () => {
    await mkdir(join(folder, '.draft'));
    await writeFile(join(folder, '.draft', 'index.html'), 'half');
    await reportFolder(folder);
    await writeReport(folder, files);
    expect(await held()).toEqual(files);
  });

  test('is refused when it holds anything else, which it names', async () => {
    await put({ 'thesis.odt': 'mine' });
    await expect(reportFolder(folder)).rejects.toMatchObject({ exitCode: 2, words: { fr: expect.stringContaining('thesis.odt') } });
    await rm(join(folder, 'thesis.odt'));
    await mkdir(join(folder, 'index.html'));
    await expect(reportFolder(folder)).rejects.toMatchObject({ exitCode: 2, words: { en: expect.stringContaining('index.html') } });
  });

  test('is refused where a file is in the way', async () => {
    await put({ file: '' });
    await expect(reportFolder(join(folder, 'file', 'out'))).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('a report', () => {
  test('takes the place of an earlier one, all of it', async () => {
    await put(earlier);
    await writeReport(folder, files);
    expect(await held()).toEqual(files);
  });

  test('that is interrupted leaves the earlier one, and no folder that it made', async () => {
    await put(earlier);
    const interrupted = AbortSignal.abort(new Error('enough'));
    await expect(writeReport(folder, files, interrupted)).rejects.toThrow('enough');
    expect(await held()).toEqual(earlier);
    await expect(writeReport(join(folder, 'a', 'b'), files, interrupted)).rejects.toThrow('enough');
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  test('that cannot be written leaves the earlier one', async () => {
    await put({ 'report.json': 'earlier' });
    await mkdir(join(folder, 'index.html')); // stands in the way of a file
    await expect(writeReport(folder, files)).rejects.toMatchObject({ exitCode: 1 });
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe('earlier');
    expect(existsSync(join(folder, '.draft'))).toBe(false);
  });
});

describe('a full disk', () => {
  const coded = (code: string) => Object.assign(new Error('it broke'), { code });

  test('is told from anything else that breaks, however deep', () => {
    const full = [coded('ENOSPC'), coded('EDQUOT'), coded('53100'), new Error('initdb: … No space left on device')];
    for (const error of full) expect([saysFull(error), saysFull(new Error('outer', { cause: error }))]).toEqual([true, true]);
    expect([coded('ECONNRESET'), coded('53300'), new Error('x'), undefined].map((error) => saysFull(error))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('is where the system says, else where the last of the folders is', () => {
    expect(fullFolder([folder])).toBeUndefined();
    expect(fullFolder([join(folder, 'gone')], { error: coded('ECONNRESET') })).toBeUndefined();
    expect(fullFolder(['/data', '/database'], { error: coded('53100') })).toBe('/database');
    expect(fullFolder([folder], { log: 'write /data/temporal.log: no space left on device' })).toBe(folder);
    expect(fullFolder([folder], { log: 'PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device' })).toBe(folder);
  });
});

test('a mail server that hangs up without a word has not greeted, and is not waited for', async () => {
  const listening = async (say: (socket: Socket) => void) => {
    const server = createServer(say).listen(0, '127.0.0.1');
    await new Promise((ready) => server.once('listening', ready));
    const { port } = server.address() as AddressInfo; // listening on TCP: an address and a port
    return greets(port).finally(() => server.close());
  };
  expect(await listening((socket) => socket.end())).toBe(false);
  expect(await listening((socket) => socket.resetAndDestroy())).toBe(false);
  expect(await listening((socket) => socket.end('421 not now\r\n'))).toBe(false);
  expect(await listening((socket) => socket.end('220 here\r\n'))).toBe(true);
});
