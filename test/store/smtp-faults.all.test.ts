import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTransport } from '../../mail/transport.js';
import { showMail } from '../../store/mailview.js';
import { listMails, messageIdOf, type OutboxRow } from '../../store/outbox.js';
import { queueMails } from '../../store/queue.js';
import { type BenchDatabase, benchDatabase } from '../support/edition.js';
import { type Act, scriptedSmtp, type When } from '../support/smtp.js';

// Every fault of a mail server, on real sockets, and what becomes of a request and of a decision letter; docs/smtp-faults.md is written from
// what was seen (UPDATE_GOLDEN=1 writes it anew).
let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const minute = 60_000;
/** A server that is away is waited for without end; we follow for so long. */
const followMs = 9 * 24 * 60 * minute;
/** So long nothing is said before we hang up. A silence that is tried is waited out; a server that works and was silent for as long is given twice the time. */
const patienceMs = { silent: 300, answering: 60_000 };
class Slow extends Error {}
/** Moments at which nothing was said of the mail yet. */
const ofTheServer = (when: Fault['when']) => ['port', 'greeting', 'EHLO', 'AUTH'].includes(when);
const interview = { step: 'interviews', kind: 'interview' } as const;

/** What goes wrong, and at which moment of a session. */
interface Fault {
  name: string;
  when: When | 'port';
  act: Act;
}

const faults: Fault[] = [
  { name: 'port closed', when: 'port', act: 'FIN' },
  { name: 'silence instead of the greeting', when: 'greeting', act: 'SILENCE' },
  { name: '421 instead of the greeting', when: 'greeting', act: '421 too busy' },
  { name: '554 instead of the greeting', when: 'greeting', act: '554 not today' },
  { name: 'connection closed at EHLO', when: 'EHLO', act: 'FIN' },
  { name: '535: our password is refused', when: 'AUTH', act: '535 wrong password' },
  { name: 'closed at MAIL FROM', when: 'MAIL FROM', act: 'FIN' },
  { name: 'reset at MAIL FROM', when: 'MAIL FROM', act: 'RST' },
  { name: '421 at MAIL FROM', when: 'MAIL FROM', act: '421 closing' },
  { name: '550 at MAIL FROM: we are refused', when: 'MAIL FROM', act: '550 sender refused' },
  { name: '450 at RCPT TO: greylisting', when: 'RCPT TO', act: '450 come back later' },
  { name: '550 at RCPT TO: no such mailbox', when: 'RCPT TO', act: '550 no such mailbox' },
  { name: 'silence at RCPT TO', when: 'RCPT TO', act: 'SILENCE' },
  { name: 'closed at DATA', when: 'DATA', act: 'FIN' },
  { name: '451 at DATA', when: 'DATA', act: '451 try later' },
  { name: '552 at DATA: too big', when: 'DATA', act: '552 too big' },
  { name: 'closed in the middle of the message', when: 'message', act: 'FIN' },
  { name: 'reset in the middle of the message', when: 'message', act: 'RST' },
  { name: 'silence in the middle of the message', when: 'message', act: 'SILENCE' },
  { name: 'closed after the final dot', when: '.', act: 'FIN' },
  { name: 'reset after the final dot', when: '.', act: 'RST' },
  { name: 'silence after the final dot', when: '.', act: 'SILENCE' },
  { name: '451 after the final dot', when: '.', act: '451 try later' },
  { name: '421 after the final dot', when: '.', act: '421 closing' },
  { name: '554 after the final dot: looks like spam', when: '.', act: '554 looks like spam' },
];

/** What was seen of one mail. */
interface Seen {
  /** The outbox after the fault, and after everything. */
  first: Line;
  last: Line;
  /** How many copies the server has, and how often the mail was handed over. */
  copies: number;
  tries: number;
  /** How long after the first try the last was, in minutes of the edition. */
  afterMinutes: number;
  told: 'nobody' | 'given up' | 'uncertain';
}
type Line = Pick<OutboxRow, 'state' | 'uncertain' | 'attempts'> & { againInMinutes: number | null };

/** Sends one mail through a fault, on real sockets, and follows it until nothing more is to come. */
async function through(
  fault: Fault,
  mail: { letter: boolean; forever: boolean },
  silenceMs = fault.act === 'SILENCE' ? patienceMs.silent : patienceMs.answering,
): Promise<Seen> {
  try {
    return await once(fault, mail, silenceMs);
  } catch (error) {
    if (!(error instanceof Slow) || silenceMs >= patienceMs.answering) throw error;
    return through(fault, mail, silenceMs * 2);
  }
}

async function once(
  { when, act }: Fault,
  { letter, forever }: { letter: boolean; forever: boolean },
  silenceTimeoutMs: number,
): Promise<Seen> {
  const bench = await database.bench((file) => {
    file.interviews = ['sante'];
  });
  const start = bench.on('2027-06-07', '09:00');
  const key = letter ? 'letter' : 'request';
  if (letter)
    await queueMails(bench.store.pool, {
      edition: bench.id,
      at: start,
      dueAt: start,
      mails: [{ key, person: 'sante', template: 'ended', letter }],
    });
  else await bench.review(start, [interview]);
  const ours = async () => {
    const mail = (await listMails(bench.store.pool, bench.id)).find((one) => one.person === 'sante');
    if (mail === undefined) throw new Error('the mail is gone from the outbox');
    return mail;
  };
  const { key: outboxKey } = await ours();
  const id = messageIdOf(outboxKey, 'troismains.example');

  let struck = 0;
  let copies = 0;
  const server = await scriptedSmtp(
    ({ when: moment, to }) => {
      // notices to the coordinators go through
      const concerns = to === '' || to.startsWith('sante@');
      if (moment === when && concerns && (forever || struck === 0)) {
        struck++;
        if (moment === '.' && !/^[45]/.test(act)) copies++;
        return act;
      }
      if (moment === '.' && to.startsWith('sante@')) copies++;
      return undefined;
    },
    when === 'AUTH' ? { extensions: ['AUTH PLAIN'] } : {},
  );
  const url = when === 'AUTH' ? server.url.replace('//', '//user:pass@') : server.url;
  const working = openTransport(url, { silenceTimeoutMs });
  const nowhere = openTransport('smtp://127.0.0.1:1');
  try {
    let first: Line | undefined;
    let lastTry = start;
    let tries = 0;
    for (let at: number | null = start; at !== null && at < start + followMs; ) {
      const before = (await ours()).attempts;
      const strikes = struck;
      const down = when === 'port' && (forever || at === start);
      const { nextAt }: { nextAt: number | null } = await bench.deliver(at, down ? nowhere : working);
      const line = lineOf(await ours(), at);
      if (line.attempts > before) {
        if (act === 'SILENCE' && struck === strikes && line.state !== 'accepted') throw new Slow(`silent before ${when}`);
        tries = line.attempts;
        lastTry = at;
      }
      first ??= line;
      at = nextAt;
    }
    const mail = await ours();
    const text = await noticeOf();
    if (first === undefined) throw new Error('nothing was tried');
    return {
      first,
      last: lineOf(mail, lastTry),
      copies,
      tries,
      afterMinutes: Math.round((lastTry - start) / minute),
      told: text === undefined ? 'nobody' : text.includes('Peut-être arrivé') ? 'uncertain' : 'given up',
    };
  } finally {
    working.close();
    nowhere.close();
    await server.close();
  }

  async function noticeOf(): Promise<string | undefined> {
    const notice = (await listMails(bench.store.pool, bench.id)).find((one) => one.template === 'undelivered');
    if (notice === undefined) return undefined;
    const shown = await showMail(bench.store.pool, notice.id);
    expect(shown?.text).toContain('Service Santé');
    expect(shown?.text).toContain(`message n° ${(await ours()).id}`);
    expect(id).toBe((await ours()).message_id);
    return shown?.text;
  }
}

const lineOf = ({ state, uncertain, attempts, next_try_at: next }: Omit<OutboxRow, 'bytes'>, at: number): Line => ({
  state,
  uncertain,
  attempts,
  againInMinutes: next === null ? null : Math.round((next.getTime() - at) / minute),
});

const inWords = ({ state, againInMinutes }: Line): string =>
  againInMinutes === null || state === 'accepted' ? `\`${state}\`` : `\`${state}\`, again in ${againInMinutes} min`;
const becomes = ({ last, copies, told }: Seen): string =>
  last.state === 'queued'
    ? '`queued`: leaves once the server works'
    : `\`${last.state}\`, ${copies === 0 ? 'no copy' : copies === 1 ? '1 copy' : `${copies} copies`}${told === 'nobody' ? '' : `, coordinators told: ${told}`}`;
const lasted = ({ tries, afterMinutes }: Seen): string =>
  tries === 1 ? '1 try' : `${tries} tries in ${afterMinutes < 120 ? `${afterMinutes} min` : `${Math.round(afterMinutes / 60 / 24)} days`}`;

const seen: { fault: Fault; request: Seen; letter: Seen; lastingRequest: Seen; lastingLetter: Seen }[] = [];

/** One fault, as it strikes a request and a letter, once and for good. */
async function struck(fault: Fault) {
  const [request, letter, lastingRequest, lastingLetter] = await Promise.all([
    through(fault, { letter: false, forever: false }),
    through(fault, { letter: true, forever: false }),
    through(fault, { letter: false, forever: true }),
    through(fault, { letter: true, forever: true }),
  ]);
  return { fault, request, letter, lastingRequest, lastingLetter };
}

// what only waits is waited for beside the others
const silences = new Map<Fault, ReturnType<typeof struck>>();
beforeAll(() => {
  for (const fault of faults) if (fault.act === 'SILENCE') silences.set(fault, struck(fault));
  for (const silence of silences.values()) silence.catch(() => undefined); // told by its test
});

describe.each(faults)('$name', (fault) => {
  test('loses nothing, sends nothing twice but what is uncertain, and leaves nothing to chance unsaid', async () => {
    const row = await (silences.get(fault) ?? struck(fault));
    seen.push(row);
    for (const one of [row.request, row.letter, row.lastingRequest, row.lastingLetter]) {
      expect(one.copies).toBeLessThanOrEqual(1 + one.last.uncertain);
      const lasts = one === row.lastingRequest || one === row.lastingLetter;
      if (lasts && ofTheServer(fault.when)) {
        // nobody needs to judge a mail that waits for its server; that it stands still is told by the watch
        expect(one).toMatchObject({ copies: 0, told: 'nobody', last: { state: 'queued', uncertain: 0 } });
        expect(one.tries).toBeGreaterThan(25);
        continue;
      }
      expect(['accepted', 'failed', 'uncertain']).toContain(one.last.state);
      if (one.last.state === 'accepted') expect(one.copies).toBeGreaterThanOrEqual(1);
      // what did not arrive for certain is told, and nothing else is
      expect(one.told).toBe(one.last.state === 'accepted' ? 'nobody' : one.last.state === 'failed' ? 'given up' : 'uncertain');
    }
    for (const one of [row.letter, row.lastingLetter]) expect(one.copies).toBeLessThanOrEqual(1);
    // a fault that passes costs a request nothing, unless the server said no for good
    const forGood = fault.act.startsWith('5') && fault.when !== 'greeting' && fault.when !== 'AUTH';
    expect(row.request.last.state).toBe(forGood ? 'failed' : 'accepted');
  });
});

test('docs/smtp-faults.md says what was seen', () => {
  const file = join(import.meta.dirname, '../../docs/smtp-faults.md');
  const table = (head: string[], rows: string[][]) =>
    [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const passing = seen.map(({ fault, request, letter }) => [
    fault.name,
    inWords(request.first),
    becomes(request),
    inWords(letter.first),
    becomes(letter),
  ]);
  const lasting = seen.map(({ fault, lastingRequest, lastingLetter }) => [
    fault.name,
    lasted(lastingRequest),
    becomes(lastingRequest),
    lasted(lastingLetter),
    becomes(lastingLetter),
  ]);
  const text = `# What becomes of a mail when the mail server fails

Written by [test/store/smtp-faults.all.test.ts](../test/store/smtp-faults.all.test.ts), which makes a real server fail at each moment of a session, on real
sockets, and follows a request (an ask's opening) and a decision letter until nothing more is to come (\`UPDATE_GOLDEN=1\` writes this page anew).

*Copies* are those the server took. \`uncertain\` means that it may have: a request is then sent once more with the same bytes and Message-ID, by which
mail programs know it; a decision letter waits for a coordinator. What did not arrive for certain is told to the coordinators in one mail with its number.

## A fault that passes
The server fails once and works afterwards.

${table(['fault', 'request: after it', 'request: in the end', 'letter: after it', 'letter: in the end'], passing)}

## A fault that lasts
The server fails every time. Tries are after 1, 5, 15, 60 and then every 240 minutes, in working hours; a server that is away is asked at least once
an hour, by one mail for all that wait, and without end: the watch tells the admins. (Followed here for nine days.)

${table(['fault', 'request', 'in the end', 'letter', 'in the end'], lasting)}
`;
  expect(seen.length).toBe(faults.length);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
