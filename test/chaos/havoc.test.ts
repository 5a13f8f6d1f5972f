import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { openStore } from '../../store/db.js';
import type { Ground } from '../support/chaos/ground.js';
import { openHavoc } from '../support/chaos/havoc.js';
import { type FaultKind, type PlannedFault, planOf } from '../support/chaos/plan.js';
import { openSink, type SmtpFault } from '../support/chaos/sink.js';
import type { Staff } from '../support/chaos/staff.js';

const never = (): never => {
  throw new Error('nothing of the kind is planned');
};
const ground: Ground = {
  temporalAddress: '',
  namespace: '',
  ports: { webs: [] },
  createDatabase: never,
  loseTemporal: never,
  losePostgres: never,
  close: never,
};
const staff: Staff = {
  killWorker: () => false,
  killWeb: never,
  isGone: never,
  during: never,
  isBusy: never,
  settled: never,
  crashes: [],
  leave: never,
};
const planned = (kind: FaultKind): PlannedFault => ({ kind, on: 'answer', n: 1, afterMs: 0, forMs: 0 });

/** What is noted of planned faults when the first answer comes. */
async function firstAnswer(...faults: PlannedFault[]) {
  const noted: string[] = [];
  const store = openStore('postgres://nobody@127.0.0.1:1/nothing'); // never asked
  const havoc = openHavoc({ plan: { ...planOf(1), faults }, ground, store, staff: () => staff, note: (kind) => noted.push(kind) });
  const struck = await havoc.happened('answer');
  await store.close();
  return { noted, ...struck };
}

describe('a fault is noted when it has happened', () => {
  test('twenty posts: once they were made, not when they are asked for', async () => {
    const { noted, times, posted } = await firstAnswer(planned('twenty-posts'), planned('double-post'));
    expect([times, noted]).toEqual([20, []]);
    posted();
    expect(noted).toEqual(['twenty-posts']);
  });

  test('one post: never', async () => {
    const { noted, times, posted } = await firstAnswer();
    posted();
    expect([times, noted]).toEqual([1, []]);
  });

  test('a kill that finds nobody to kill: never', async () => {
    expect((await firstAnswer(planned('worker-kill'))).noted).toEqual([]);
  });

  test('a mail that fails at a moment it does not reach: never; one that reaches it: then', async () => {
    const failed: [SmtpFault, number][] = [];
    const fault: SmtpFault = { moment: '.', act: '451' };
    const sink = await openSink({ faultOf: () => fault, failed: (...what) => failed.push(what), now: () => 0, taken: () => undefined });
    await say(sink.url, 'EHLO us', 'MAIL FROM:<a@b.c>', 'RSET', 'QUIT');
    expect(failed).toEqual([]);
    await say(sink.url, 'EHLO us', 'MAIL FROM:<a@b.c>', 'RCPT TO:<d@e.f>', 'DATA', 'Subject: x', '', '.', 'QUIT');
    expect(failed).toEqual([[fault, 2]]);
    await sink.close();
  });
});

/** Says all lines to a server at once, and waits until it hangs up. */
function say(url: string, ...lines: string[]): Promise<void> {
  return new Promise((over, fail) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(lines.map((line) => `${line}\r\n`).join('')));
    socket.on('error', fail).on('close', () => over());
    socket.resume();
  });
}
