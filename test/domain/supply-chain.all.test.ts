import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'troismains-supply-chain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const Lock = z.object({
  packages: z.record(z.string(), z.object({ version: z.string(), dev: z.boolean().optional(), optional: z.boolean().optional() })),
});
const Bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.object({ component: z.object({ name: z.string(), type: z.string() }) }),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
  components: z.array(z.object({ 'bom-ref': z.string(), name: z.string(), version: z.string(), purl: z.string().startsWith('pkg:npm/') })),
});

/** What a registry says of a package, as npm asks it (`/-/npm/v1/security/advisories/bulk`). */
const advisory = (severity: string) => ({
  nodemailer: [
    {
      id: 1,
      url: 'https://advisories.example/1',
      title: 'Sends to others too',
      severity,
      vulnerable_versions: '<99',
      cwe: [],
      cvss: { score: 0, vectorString: null },
    },
  ],
});

/** Runs the command against a registry of our own; `answer`: what it knows, or its status when it does not tell. */
async function checked(answer: unknown): Promise<{ code: number | null; said: string; file: string }> {
  const registry: Server = createServer((request, response) => {
    request.resume();
    const asked = request.method === 'POST' && request.url?.endsWith('/advisories/bulk') === true;
    const status = typeof answer === 'number' ? answer : asked ? 200 : 404;
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(status === 200 ? JSON.stringify(answer) : '{}');
  });
  await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening));
  const { port } = registry.address() as AddressInfo; // of a server that listens on a port
  if (answer === undefined) await new Promise((closed) => registry.close(closed));
  try {
    const file = join(folder, `${port}.cdx.json`);
    const cache = mkdtempSync(join(folder, 'cache-')); // npm keeps what a registry said
    const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: cache };
    const child = spawn(process.execPath, ['bin/supply-chain.mjs', file], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const code = await new Promise<number | null>((closed) => child.on('close', closed));
    return { code, said, file };
  } finally {
    registry.close();
  }
}

test('the packages that run are listed, each with its version, and none that only builds or tests; nothing known is no failure', async () => {
  const { code, file, said } = await checked({});
  expect(code).toBe(0);
  expect(said).toContain(file);
  expect(said).toContain('known vulnerabilities: 0 packages');
  const { metadata, components, dependencies } = Bill.parse(asJson(file));
  expect(metadata.component).toMatchObject({ name: 'troismains', type: 'application' });
  const refs = new Set(components.map((one) => one['bom-ref']));
  expect(refs.size).toBe(components.length);
  expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const locked = Object.entries(Lock.parse(asJson(join(root, 'package-lock.json'))).packages).filter(([path]) => path !== '');
  const named = (which: typeof locked) => new Set(which.map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`));
  const runs = named(locked.filter(([, { dev }]) => dev !== true));
  expect([...listed].filter((one) => !runs.has(one))).toEqual([]);
  // what is optional may be for another system than this one
  expect([...named(locked.filter(([, { dev, optional }]) => dev !== true && optional !== true))].filter((one) => !listed.has(one))).toEqual(
    [],
  );
});

describe('what is known against them', () => {
  test.each(['high', 'critical'])('fails when it is %s, and says which package and why', async (severity) => {
    const { code, said } = await checked(advisory(severity));
    expect(said).toContain(`${severity}: nodemailer: <99, Sends to others too (https://advisories.example/1)`);
    expect(code).toBe(1);
  });

  test('is said, and no failure, when it is moderate', async () => {
    const { code, said } = await checked(advisory('moderate'));
    expect(said).toContain('moderate: nodemailer');
    expect(code).toBe(0);
  });

  test.each([[405], [undefined]])('is skipped with words when the registry does not tell (%s)', async (answer) => {
    const { code, said } = await checked(answer);
    expect(said).toContain('known vulnerabilities: skipped');
    expect(said).not.toContain('127.0.0.1');
    expect(code).toBe(0);
  });
});
