import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Which floors, or files, each floor may import (docs/architecture.md, "What is where"). `type `: only what is gone once it is built. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  store: ['domain'],
  mail: ['domain'],
  'config.ts': ['domain', 'store', 'mail'],
  activities: ['domain', 'store', 'mail'],
  workflows: ['domain', 'type activities/contract.ts'],
  client: ['domain', 'store', 'config.ts', 'workflows/messages.ts', 'activities/preview.ts', 'activities/written.ts'],
  worker: ['domain', 'store', 'mail', 'config.ts', 'activities', 'workflows', 'client'],
  web: ['domain', 'store', 'config.ts', 'client'],
  rehearsal: ['domain', 'store', 'mail', 'activities', 'workflows/messages.ts', 'worker', 'client', 'web'],
  embedded: ['domain', 'store', 'config.ts', 'client'],
  cli: ['domain', 'store', 'mail', 'config.ts', 'workflows/messages.ts', 'client', 'worker', 'web', 'rehearsal', 'embedded'],
};
const floorOf = (file: string): string => file.split('/')[0] ?? file;

type Import = { from: string; to: string; type: boolean };

/** Every import of ours in a file, of types too. */
function importsOf(from: string): Import[] {
  const text = readFileSync(from, 'utf8');
  const imports = /^(?:import|export)(?<type> type)? (?:[\w$*{},\s]+ from )?'(?<path>\.[^']+)'|\bimport\(\s*'(?<later>\.[^']+)'/gm;
  return [...text.matchAll(imports)].map(({ groups = {} }) => {
    const stem = normalize(join(dirname(from), groups.path ?? groups.later ?? '')).replace(/\.js$/, '');
    const to = [`${stem}.ts`, `${stem}.tsx`, stem].find((file) => files.has(file));
    if (to === undefined) throw new Error(`${from} imports ${stem}, which is not there`);
    return { from, to, type: groups.type !== undefined };
  });
}

const isCode = (file: string): boolean => /\.tsx?$/.test(file);
const files: ReadonlySet<string> = new Set(
  Object.keys(FLOORS).flatMap((floor) =>
    isCode(floor)
      ? [floor]
      : readdirSync(floor, { recursive: true, encoding: 'utf8' })
          .filter(isCode)
          .map((file) => join(floor, file)),
  ),
);

/** Every circle of imports that a walk from file to file comes back by, as `a → b → a`. */
function circlesOf(imports: readonly Import[]): string[] {
  const imported = new Map<string, string[]>();
  for (const { from, to } of imports) imported.set(from, [...(imported.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const to of imported.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of imported.keys()) walk(file, []);
  return circles;
}

const allowed = ({ from, to, type }: Import): boolean =>
  floorOf(from) === floorOf(to) ||
  (FLOORS[floorOf(from)] ?? []).some((one) => [floorOf(to), to, ...(type ? [`type ${to}`] : [])].includes(one));

/** Whether a module has something at its top that can change. */
const keeps = (text: string): boolean => /^(export )?(let|var) |^(export )?const [^=\n]+= (new (Weak)?(Map|Set)\b|\[\];|\{\};)/m.test(text);

describe('the house', () => {
  const imports = [...files].flatMap(importsOf);

  test('has no circle of imports, types included', () => {
    expect(imports.length).toBeGreaterThan(files.size);
    expect(circlesOf(imports)).toEqual([]);
  });

  test('is built one floor above the other', () => {
    expect(imports.filter((one) => !allowed(one)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('keeps nothing in what workflows are made of: a worker loads it once for all its runs', () => {
    const made = new Set(['workflows/index.ts']);
    for (const file of made) for (const { from, to, type } of imports) if (from === file && !type) made.add(to);
    expect([...made]).toEqual(expect.arrayContaining(['workflows/pump.ts', 'domain/asks.ts']));
    expect([...made].filter((file) => keeps(readFileSync(file, 'utf8')))).toEqual([]);
    for (const one of ['let n = 0;', 'export let n;', 'const known = new Map();', 'const all: string[] = [];', 'const by = {};'])
      expect(keeps(`const fixed = 1;\n${one}\n`)).toBe(true);
    expect(keeps('const fixed = 1;\nfunction f() {\n  let n = 0;\n}\n')).toBe(false);
  });

  test('would show a circle, and an import that goes up', () => {
    const of = (from: string, to: string, type = false): Import => ({ from, to, type });
    expect(circlesOf([of('a', 'b'), of('b', 'c'), of('c', 'b'), of('b', 'd')])).toEqual(['b → c → b']);
    expect(allowed(of('workflows/pump.ts', 'activities/contract.ts', true))).toBe(true);
    for (const [from, to] of [
      ['workflows/pump.ts', 'activities/contract.ts'],
      ['client/health.ts', 'web/live.ts'],
      ['web/live.ts', 'cli/main.ts'],
      ['client/runs.ts', 'workflows/pump.ts'],
    ] as const)
      expect(allowed(of(from, to))).toBe(false);
  });
});
