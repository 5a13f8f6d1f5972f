/** The log of a process that goes on without it: a line that cannot be written is dropped and counted, and nobody waits for it. */
import { fstatSync, write as writeFile, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { type Logger, pino } from 'pino';
import type { Config } from '../config.js';
import { visibly } from '../domain/clean.js';

/** Where lines go, one after the other. */
export interface Lines {
  write(line: string): void;
  /** How many were dropped so far. */
  dropped(): number;
  /** Lets go of a reader that does not read, or the process could not end. */
  close(): void;
}

/** What may wait for a slow reader, in characters; beyond it lines are dropped. */
const waitsAtMost = 1 << 20;
const againMs = 100;

const note = (lines: number): string =>
  `${JSON.stringify({ level: 40, time: Date.now(), msg: `${lines} lines of this log could not be written` })}\n`;

/** Lines to a file descriptor, without ever waiting for it: a full disk, a pipe nobody reads or one that is closed cost lines, and nothing else. */
export function linesTo(fd: number): Lines {
  const stat = fstatSync(fd);
  // a write to a pipe in a thread could not be taken back: the process could not end
  const pipe = stat.isFIFO() || stat.isSocket() ? new Socket({ fd, readable: false }) : undefined;
  pipe?.on('error', () => undefined).unref();
  const put = (bytes: Buffer, done: (error: NodeJS.ErrnoException | null | undefined, written: number) => void) =>
    pipe === undefined ? writeFile(fd, bytes, done) : pipe.write(bytes, (error) => done(error, bytes.length));
  let waiting: string[] = [];
  let length = 0;
  let dropped = 0;
  let told = 0;
  let writing = false;
  let broken = false;

  function next(): void {
    if (waiting.length === 0) return;
    const lines = waiting.length;
    const missing = dropped;
    const text = Buffer.from(`${broken ? '\n' : ''}${missing > told ? note(missing - told) : ''}${waiting.join('')}`); // after half a line, a new one
    waiting = [];
    length = 0;
    writing = true;
    some(text);

    function some(bytes: Buffer): void {
      put(bytes, (error, written) => {
        if (error?.code === 'EAGAIN') return void setTimeout(some, againMs, bytes).unref();
        if (!error && written > 0 && written < bytes.length) return some(bytes.subarray(written));
        const left = error || written < bytes.length ? bytes.reduce((ends, byte) => ends + Number(byte === 10), 0) : 0;
        broken = left > 0;
        dropped += Math.min(left, lines);
        if (left <= lines) told = missing; // the note came first
        writing = false;
        next();
      });
    }
  }

  function rest(): void {
    if (pipe !== undefined || waiting.length === 0) return;
    try {
      writeSync(fd, waiting.join(''));
    } catch {
      dropped += waiting.length;
    }
    waiting = [];
  }
  process.once('exit', rest);

  return {
    write(line) {
      if (length + line.length > waitsAtMost) {
        dropped += 1;
        return;
      }
      waiting.push(line);
      length += line.length;
      if (!writing) next();
    },
    dropped: () => dropped,
    close: () => void pipe?.destroy(),
  };
}

/** What a process writes down: JSON lines on its standard output. */
export type Log = Pick<Logger, 'trace' | 'debug' | 'info' | 'warn' | 'error'> & Pick<Lines, 'dropped' | 'close'>;

/** Opens the log of this process; what libraries complain of on standard error may fail, too. */
export function openLog({ logLevel }: Pick<Config, 'logLevel'>): Log {
  process.stderr.on('error', () => undefined);
  const lines = linesTo(1);
  return Object.assign(pino({ level: logLevel, hooks: { streamWrite: visibly } }, lines), { dropped: lines.dropped, close: lines.close });
}
