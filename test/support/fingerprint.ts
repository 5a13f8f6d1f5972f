import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformSync } from '@swc/core';

/** The source of one module as it runs: without types, comments and spaces. */
const bare = (file: string): string =>
  transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    swcrc: false,
    configFile: false,
    minify: true,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022', minify: { compress: false, mangle: false, format: { comments: false } } },
    module: { type: 'es6' },
  }).code;

/** The modules of ours that a workflow runs, from its own file on, by path, as they run. */
export function modulesOf(root: string, type: string): Map<string, string> {
  const modules = new Map<string, string>();
  const todo = [join(root, 'workflows', `${type}.ts`)];
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    const path = relative(root, file);
    if (modules.has(path)) continue;
    const code = bare(file);
    modules.set(path, code);
    for (const [, from = ''] of code.matchAll(/(?:from|import)\s*["'](\.[^"']+)\.js["']/g)) todo.push(join(dirname(file), `${from}.ts`));
  }
  return modules;
}

/** What tells one state of a workflow's code from another: changed by whatever may change what it does, not by comments, types or layout. */
export function fingerprintOf(root: string, type: string): string {
  const hash = createHash('sha256');
  for (const [path, code] of [...modulesOf(root, type)].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${path}\n${code}\n`);
  return hash.digest('hex').slice(0, 32);
}
