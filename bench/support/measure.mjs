// What benches share: their options, quantiles, statements that are counted, CPU time of processes.
import { readdirSync, readFileSync } from 'node:fs';

/** The number after an option; its usual value when the option is not given. */
export const of = (args, name, usual) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : usual);

/** What is wrong with the options: an unknown one, or a value that is no number above zero. */
export function problemOf(args, usual) {
  for (let n = 0; n < args.length; n++) {
    const name = args[n];
    if (name === '--json') continue;
    if (!(name in usual)) return `${name} is not an option of this bench; it takes ${[...Object.keys(usual), '--json'].join(', ')}`;
    if (usual[name] === false) continue; // a flag
    const value = args[++n];
    if (typeof usual[name] === 'number' && !(Number(value) > 0)) return `${name} takes a number above zero, not ${value ?? 'nothing'}`;
    if (value === undefined) return `${name} takes a value`;
  }
  return undefined;
}

/** The value below which such a share of all lies; undefined of none. */
export const quantile = (all, share) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))];
export const median = (all) => quantile(all, 0.5);
export const round = (number, digits = 2) => (number === undefined ? undefined : Number(number.toFixed(digits)));

/** A store that says each statement to `heard` before it is asked; `ended` hears the statements of each connection that was lent. */
export function listening(store, heard, ended = () => {}) {
  return {
    ...store,
    pool: {
      query: (text, values) => {
        heard(text);
        return store.pool.query(text, values);
      },
      connect: async () => {
        const client = await store.pool.connect();
        const asked = [];
        return {
          query: (text, values) => {
            heard(text);
            asked.push(text);
            return client.query(text, values);
          },
          release: (error) => {
            ended(asked);
            client.release(error);
          },
        };
      },
    },
  };
}

/** CPU seconds that a process, its children and those of them that have ended have used so far; undefined where there is no /proc. */
export function cpuOf(root) {
  const processes = running();
  return processes?.has(root) ? treeOf(processes, root).reduce((sum, { seconds }) => sum + seconds, 0) : undefined;
}

/** The same of the children of a process whose program has a name in its path, by that name. */
export function cpuByName(root, names) {
  const processes = running() ?? new Map();
  const children = [...processes.values()].filter(({ parent }) => parent === root);
  const sum = (name) =>
    children
      .filter(({ pid }) => programOf(pid).includes(name))
      .flatMap(({ pid }) => treeOf(processes, pid))
      .reduce((total, { seconds }) => total + seconds, 0);
  return Object.fromEntries(names.map((name) => [name, sum(name)]));
}

/** CPU seconds of the children of this process that have ended, and of theirs; undefined where there is no /proc. */
export const cpuOfEnded = () => statOf('self')?.ended;

const treeOf = (processes, root) => [
  processes.get(root),
  ...[...processes.values()].filter(({ parent }) => parent === root).flatMap(({ pid }) => treeOf(processes, pid)),
];

function running() {
  try {
    const stats = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(statOf);
    return new Map(stats.filter((stat) => stat !== undefined).map((stat) => [stat.pid, stat]));
  } catch {
    return undefined;
  }
}

function programOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0];
  } catch {
    return ''; // it has ended meanwhile
  }
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, number, rest] = /^(\d+) \(.*\) (.*)$/s.exec(text);
    const fields = rest.split(' ');
    // a hundred ticks a second, on every Linux that Node runs on
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15).map((ticks) => Number(ticks) / 100);
    const ended = endedUser + endedSystem;
    return { pid: Number(number), parent: Number(fields[1]), seconds: user + system + ended, ended };
  } catch {
    return undefined; // it has ended meanwhile, or there is no /proc
  }
}

/** CPU seconds of this process so far. */
export const ownCpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Says to whoever waits how far it is. */
export const say = (what) => process.stderr.write(`${JSON.stringify(what)}\n`);

/** A table in text: its columns as wide as they need to be. */
export function table(head, rows) {
  const cells = [head, ...rows].map((row) => head.map((_, n) => String(row[n] ?? '')));
  const widths = head.map((_, n) => Math.max(...cells.map((row) => row[n].length)));
  return cells.map((row) =>
    row
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n]) : cell.padStart(widths[n])))
      .join('  ')
      .trimEnd(),
  );
}
