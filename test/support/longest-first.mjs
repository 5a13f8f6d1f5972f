// Files start longest first, so that the last of them is a short one: on two cores nothing is waited for at the end.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import sequencer from '@jest/test-sequencer';

const root = fileURLToPath(new URL('../..', import.meta.url));
const list = new URL('../seconds.json', import.meta.url);
const known = JSON.parse(readFileSync(list, 'utf8'));

/** How long the files of a run took, longest first: `[path, seconds]`. */
export const secondsOf = (results) =>
  results
    .map(({ name, startTime, endTime }) => [relative(root, name), Math.round((endTime - startTime) / 100) / 10])
    .sort(([, one], [, other]) => other - one);

/** Keeps how long files took, for the next runs; files that are gone, or took less than a second, are left out. */
export function keepSeconds(seconds) {
  const all = Object.entries({ ...known, ...Object.fromEntries(seconds) });
  const kept = all.filter(([path, took]) => took >= 1 && existsSync(new URL(`../../${path}`, import.meta.url)));
  const longestFirst = kept.map(([path, took]) => [path, Math.round(took)]).sort(([, one], [, other]) => other - one);
  writeFileSync(list, `${JSON.stringify(Object.fromEntries(longestFirst), null, 2)}\n`);
}

/** jest's order of files: as `test/seconds.json` says; what it does not know is short. */
export default class LongestFirst extends (sequencer.default ?? sequencer) {
  sort(tests) {
    const secondsAt = ({ path }) => known[relative(root, path)] ?? 0;
    return [...tests].sort((one, other) => secondsAt(other) - secondsAt(one) || (one.path < other.path ? -1 : 1));
  }
}
