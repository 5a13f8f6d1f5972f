#!/usr/bin/env node
// `node bin/supply-chain.mjs [FILE]`: writes which packages run (CycloneDX, dist/sbom.cdx.json), and asks the registry what is known against them.
// Exit code 1: no such list, or something known that is high or critical. A registry that does not answer is said, and is no failure.
// Only node: imports.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './build.mjs';

const GRAVE = ['high', 'critical'];
const file = process.argv[2] ?? join(root, 'dist', 'sbom.cdx.json');
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const say = (line) => process.stdout.write(`${line}\n`);

/** What npm says, as JSON; undefined when it does not end or says something else. */
function npm(...args) {
  const options = ['--fetch-timeout', '60000', '--fetch-retries', '1'];
  const { stdout } = spawnSync('npm', [...args, ...options], { cwd: root, encoding: 'utf8', timeout: 180_000, maxBuffer: 2 ** 28 });
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

/** Writes the list; false if there is none. */
function list() {
  const bill = npm('sbom', '--include', 'dev', '--sbom-format', 'cyclonedx', '--sbom-type', 'application');
  if (bill?.bomFormat !== 'CycloneDX') {
    say('npm sbom gave no list of packages: npm ci first, then npm sbom --sbom-format cyclonedx says why');
    return false;
  }
  // `--omit dev` would leave out what also runs, as soon as something that only builds or tests needs it too
  const runs = new Set(
    Object.entries(json('node_modules/.package-lock.json').packages)
      .filter(([, { dev }]) => dev !== true)
      .map(([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`),
  );
  bill.components = bill.components.filter((one) => runs.has(one['bom-ref']));
  const kept = new Set([bill.metadata.component, ...bill.components].map((one) => one['bom-ref']));
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((on) => kept.has(on)) }));
  bill.metadata.component.name = json('package.json').name; // npm gives the folder's
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  say(`${bill.components.length} packages run: ${file}`);
  return true;
}

/** Says what is known against them; false if some of it is grave. */
function check() {
  const answer = npm('audit', '--omit', 'dev', '--json');
  if (answer?.auditReportVersion === undefined) {
    const why = answer?.statusCode ?? answer?.error?.code;
    say(`known vulnerabilities: skipped, the registry does not tell${why === undefined ? '' : ` (${why})`}`);
    return true;
  }
  const known = Object.values(answer.vulnerabilities);
  for (const { name, severity, via } of known) {
    const what = via.map((one) => (typeof one === 'string' ? `by ${one}` : `${one.range}, ${one.title} (${one.url})`));
    say(`${severity}: ${name}: ${what.join('; ')}`);
  }
  const grave = known.filter(({ severity }) => GRAVE.includes(severity)).length;
  say(`known vulnerabilities: ${known.length} packages, ${grave} of them high or critical`);
  return grave === 0;
}

const done = [list(), check()];
process.exitCode = done.every(Boolean) ? 0 : 1;
