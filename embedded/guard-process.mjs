// Outlives the process that started it by a moment, to end what that process started should it die without doing so (kill -9).
// It reads one JSON document per line on stdin: { pid, startedAt, signal } to watch, { folder } to remove at the end, { done: true } when
// all was stopped in order. When stdin ends without `done`, it ends what it watches, last started first.

import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const watched = [];
const folders = [];
let done = false;

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const message = JSON.parse(line);
  if (message.done) done = true;
  else if (message.folder) folders.push(message.folder);
  else watched.push(message);
});
lines.on('close', async () => {
  if (done) return;
  for (const one of watched.reverse()) await end(one);
  for (const folder of folders) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
});
// A terminal that goes away or a Ctrl-C concerns the process we watch, not us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

async function end({ pid, startedAt, signal }) {
  if (!(await runs(pid, startedAt))) return;
  send(pid, signal);
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    if (!(await runs(pid, startedAt))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  send(-pid, 'SIGKILL');
  send(pid, 'SIGKILL');
}

function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime, or leads no group.
  }
}

async function runs(pid, startedAt) {
  return (await startOf(pid)) === startedAt;
}

// The same mark as `startOf` in processes.ts, which this file cannot import: it runs by itself, from source and from dist.
async function startOf(pid) {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined) return undefined;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim().slice(0, 8);
    return `${boot}:${fields[19]}`;
  }
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], (_error, stdout) => {
      const line = String(stdout).trim();
      resolve(line && !line.startsWith('Z') ? line.replace(/^\S+\s+/, '') : undefined);
    });
  });
}
