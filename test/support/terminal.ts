import { afterEach, beforeEach, jest } from '@jest/globals';

/** What a command of this process has written in one test. */
export interface Heard {
  out: string;
  err: string;
}

/** Hears what commands write, anew for each test of a file, instead of the terminal. */
export function hearing(): Heard {
  const heard: Heard = { out: '', err: '' };
  const into = (stream: keyof Heard) => (chunk: unknown, done?: unknown) => {
    heard[stream] += String(chunk);
    if (typeof done === 'function') done();
    return true;
  };
  beforeEach(() => {
    heard.out = '';
    heard.err = '';
    jest.spyOn(process.stdout, 'write').mockImplementation(into('out'));
    jest.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  });
  return heard;
}
