import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cacheFolder, fromCache, intoCache } from '../../embedded/cache.js';

let folder: string;
let kept: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'troismains-cache-'));
  writeFileSync(join(folder, 'downloaded'), 'a server');
  kept = await intoCache(folder, 'engine-1', 'server', join(folder, 'downloaded'), { version: '1', from: 'here' });
});
afterEach(() => rmSync(folder, { recursive: true }));

const find = () => fromCache(folder, 'engine-1', 'server');
const noted = () => JSON.parse(readFileSync(`${kept}.json`, 'utf8'));
const note = (change: object) => writeFileSync(`${kept}.json`, JSON.stringify({ ...noted(), ...change }));

test('a kept binary that nobody has touched is not read again', async () => {
  note({ sha256: 'what reading it would not give' });
  expect(await find()).toBe(kept);
});

test('one that was touched is read, once, and is as good if it still holds the same', async () => {
  writeFileSync(kept, 'a server');
  expect(await find()).toBe(kept);
  note({ sha256: 'what reading it would not give' });
  expect(await find()).toBe(kept);
});

test('one that was changed is not taken, though its length and its date are what they were', async () => {
  const before = new Date(noted().changedMs);
  writeFileSync(kept, 'a sErver');
  utimesSync(kept, before, before);
  expect(await find()).toBeUndefined();
});

test('one kept by a release that noted its checksum alone is read, and known from then on', async () => {
  const { sha256, version, from } = noted();
  writeFileSync(join(cacheFolder(folder, 'engine-1'), 'server.json'), JSON.stringify({ sha256, version, from }));
  expect(await find()).toBe(kept);
  expect(Object.keys(noted())).toEqual(['sha256', 'version', 'from', 'bytes', 'changedMs']);
});
