#!/usr/bin/env node
// `npm test [ring…] [-- --all] [-- jest options]`: prepares, runs what a change must pass all day, or with --all everything, and ends with
// one line: N passed, N failed. `--keep-seconds` writes how long files took to test/seconds.json, by which the next runs order them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './build.mjs';
import { findChromium, installChromium } from './chromium.mjs';
import { prepare, say } from './prepare.mjs';

const DAILY = ['domain', 'store', 'workflows', 'replay', 'web', 'browser'];
const RINGS = [...DAILY, 'chaos'];
const OURS = ['--all', '--keep-seconds', '--'];

const asked = process.argv.slice(2).filter((word) => RINGS.includes(word));
const all = process.argv.includes('--all');
const forJest = process.argv.slice(2).filter((word) => !RINGS.includes(word) && !OURS.includes(word));

function hasTests(ring) {
  const folder = join(root, 'test', ring);
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => /\.test\.tsx?$/.test(String(file)));
}

/** Runs jest on rings and returns how many tests passed and failed; a file that does not even load counts as one that failed. */
async function run(rings, env) {
  const folder = mkdtempSync(join(tmpdir(), 'troismains-jest-'));
  const outputFile = join(folder, 'result.json');
  try {
    const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const args = [jest, '--selectProjects', ...rings, '--json', `--outputFile=${outputFile}`, ...forJest];
    // What lives make is thrown away young: with room for it, a garbage collector has a tenth less to do.
    const flags = '--experimental-vm-modules --disable-warning=ExperimentalWarning --max-semi-space-size=64';
    const nodeOptions = `${process.env.NODE_OPTIONS ?? ''} ${flags}`.trim();
    // With --json jest writes the document to stdout too: what people read is on stderr.
    const { status } = spawnSync(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...env, NODE_OPTIONS: nodeOptions },
    });
    if (!existsSync(outputFile)) return { passed: 0, failed: 1 };
    const result = JSON.parse(readFileSync(outputFile, 'utf8'));
    const { keepSeconds, secondsOf } = await import('../test/support/longest-first.mjs');
    const seconds = secondsOf(result.testResults);
    if (process.argv.includes('--keep-seconds')) keepSeconds(seconds);
    say(
      `\n${seconds
        .slice(0, 10)
        .map(([path, took]) => `${String(took.toFixed(1)).padStart(6)} s  ${path}`)
        .join('\n')}\n`,
    );
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return { passed: result.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await prepare();
const rings = (asked.length > 0 ? asked : all ? RINGS : DAILY).filter(hasTests);
const env = all ? { TEST_ALL: '1' } : {};
if (rings.includes('browser')) {
  const chromium = findChromium() ?? installChromium(say);
  if (chromium) env.CHROMIUM_PATH = chromium;
}
const { passed, failed } = rings.length > 0 ? await run(rings, env) : { passed: 0, failed: 0 };
if (passed + failed === 0) say('no test was found: a run that tests nothing fails');
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
