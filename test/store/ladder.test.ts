import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegate } from '../../store/acts/delegate.js';
import { extend } from '../../store/acts/extend.js';
import { nudge } from '../../store/acts/nudge.js';
import { showMail } from '../../store/mailview.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

/** Due on Friday 18 June; rungs on Friday 11, Wednesday 16, Friday 18, Tuesday 22 and Friday 25. */
const interview = { step: 'interviews', kind: 'interview' } as const;
const said = { problems: 'Tout va bien.' };
/** An ask to the coordinators, endless, due ten working days after 4 June: Friday 18. */
const diagnosis = { step: 'diagnosis', kind: 'document', after: '2027-06-04' } as const;
/** Asked of `sante` and `transports`, due on Friday 11 June. */
const stage = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-04' } as const;

const whole = [
  '2027-06-07 09:00 opening interview',
  '2027-06-11 09:00 before-5 interview',
  '2027-06-16 09:00 before-2 interview',
  '2027-06-18 09:00 due interview',
  '2027-06-22 09:00 late-2 interview',
];
const months = (bench: Bench, asks: readonly Asked[], from = bench.on('2027-06-07', '08:30')) =>
  bench.live(from, bench.on('2027-09-30'), asks);

describe('an ask that nobody answers', () => {
  test('climbs its ladder: the person, then the substitute, then the coordinators, and no further', async () => {
    const bench = await database.bench();
    await months(bench, [interview]);
    expect(await bench.mailed('direction')).toEqual(whole);
    expect(await bench.mailed('sante')).toEqual(whole);
    expect(await bench.mailed('adjointe')).toEqual(['2027-06-22 09:00 late-2 interview']);
    const told = [
      '2027-06-22 09:00 late-2 interview (direction) + late-2 interview (sante)',
      '2027-06-25 09:00 late-5 interview (direction) + late-5 interview (sante)',
    ];
    expect(await bench.mailed('coordo')).toEqual(told);
    expect(await bench.mailed('incubateur')).toEqual(told);
    expect(await bench.broken()).toEqual([]);
  });

  test('announces the substitute only where their turn will come: not in an ask that ends on its due date', async () => {
    const bench = await database.bench();
    const monday = bench.on('2027-06-07');
    await bench.review(monday, [interview, { step: 'call-open', kind: 'relay', after: '2027-06-04' }]);
    await bench.deliver(monday);
    const textTo = async (person: string) => {
      const mail = (await bench.mails()).find((one) => one.person === person);
      return (await showMail(bench.store.pool, mail?.id ?? 0))?.text ?? '';
    };
    expect(await textTo('direction')).toContain('deux jours ouvrés après l’échéance, Adjointe pourra répondre à votre place');
    expect(await textTo('presse')).toContain('Prochain rappel');
    expect(await textTo('presse')).not.toContain('Adjointe');
  });

  test('gives the substitute a place and a link of their own, on the seat of the person who is late', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-22', '12:00'), [interview]);
    expect(await bench.holders(interview)).toMatchObject([
      { person: 'adjointe', seat: 'direction', joined: 'substitute', on_behalf_of: 'direction' },
      { person: 'direction', seat: 'direction', joined: 'asked' },
      { person: 'sante', seat: 'sante', joined: 'asked' },
    ]);
    expect(bench.request(interview, 'adjointe')).not.toBe(bench.request(interview, 'direction'));
  });

  test('of the coordinators is escalated to the executive, about each of them', async () => {
    const bench = await database.bench();
    await months(bench, [diagnosis]);
    expect(await bench.mailed('direction')).toEqual([
      '2027-06-22 09:00 late-2 document (coordo) + late-2 document (incubateur)',
      '2027-06-25 09:00 late-5 document (coordo) + late-5 document (incubateur)',
    ]);
    expect((await bench.mailed('coordo')).at(-1)).toBe('2027-06-22 09:00 late-2 document');
    expect((await bench.ask(diagnosis)).outcome).toBeNull();
    expect(await bench.broken()).toEqual([]);
  });

  test('is never sent twice to somebody who is asked already, as somebody’s substitute', async () => {
    const bench = await database.bench((file) => void file.interviews.push('adjointe'));
    await months(bench, [interview]);
    expect(await bench.mailed('adjointe')).toEqual(whole);
    expect(await bench.places(interview)).toHaveLength(3);
  });
});

describe('a session', () => {
  const session = { step: 'field', kind: 'session', project: 'p-01', part: '2027-07-16', after: '2027-06-04' } as const;

  test('is announced two working days before, asks at 18:00 of its day, and is given up five working days after', async () => {
    const bench = await database.bench();
    await inTheField(bench);
    await bench.live(bench.on('2027-06-07', '08:30'), bench.on('2027-09-30'), [session]);
    expect(await bench.mailed('porteuse')).toEqual([
      '2027-07-13 09:00 before-2 session',
      '2027-07-16 18:00 opening session',
      '2027-07-20 09:00 late-2 session',
    ]);
    expect(await bench.mailed('coordo')).toEqual([
      '2027-07-20 09:00 late-2 session (porteuse)',
      '2027-07-23 09:00 late-5 session (porteuse)',
    ]);
    expect(await bench.ask(session)).toMatchObject({ outcome: 'none', closed_on: '2027-07-23' });
    expect(await bench.broken()).toEqual([]);
  });

  test('that is asked for on its own day is not announced any more', async () => {
    const bench = await database.bench();
    await inTheField(bench);
    await bench.live(bench.on('2027-07-16', '12:00'), bench.on('2027-07-19'), [session]);
    expect(await bench.mailed('porteuse')).toEqual(['2027-07-16 18:00 opening session']);
  });

  async function inTheField({ store, id }: Bench): Promise<void> {
    await store.pool.query(
      `insert into person (edition, id, role, name, email) values ($1, 'porteuse', 'applicant', 'P', 'p@asso.example')`,
      [id],
    );
    await store.pool.query(
      `insert into project (edition, id, application, title, need, applicant, directorate) values ($1, 'p-01', 'a-01', 'Le bus', 'soins', 'porteuse', 'sante')`,
      [id],
    );
  }
});

describe('an answer', () => {
  test('is the end of every mail about it, to everybody; the others go on', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-14'), [interview]);
    expect(await bench.answer(interview, 'direction', said, bench.on('2027-06-14', '10:00'))).toMatchObject({ ok: true });
    await months(bench, [interview], bench.on('2027-06-14', '10:01'));
    expect(await bench.mailed('direction')).toEqual([...whole.slice(0, 2), '2027-06-14 10:01 receipt']);
    expect(await bench.mailed('adjointe')).toEqual([]);
    expect(await bench.mailed('sante')).toEqual(whole);
    expect((await bench.mailed('coordo'))[0]).toBe('2027-06-22 09:00 late-2 interview (sante)');
    expect(await bench.broken()).toEqual([]);
  });

  test('of the substitute leaves the person in peace too', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-23'), [interview]);
    await bench.answer(interview, 'adjointe', said, bench.on('2027-06-23', '10:00'));
    await months(bench, [interview], bench.on('2027-06-23', '10:01'));
    expect((await bench.mailed('coordo')).at(-1)).toBe('2027-06-25 09:00 late-5 interview (sante)');
    expect((await bench.mails()).filter((mail) => mail.state === 'dropped')).toEqual([]); // not even queued
    expect(await bench.broken()).toEqual([]);
  });
});

describe('an opening', () => {
  test.each([
    ['at once between 8 and 19 h of a working day', '2027-06-08', '18:59', '2027-06-08 18:59'],
    ['at 8 h already', '2027-06-08', '08:00', '2027-06-08 08:00'],
    ['at 9 h when it opens in the night', '2027-06-08', '03:00', '2027-06-08 09:00'],
    ['at the next 9 h when it opens at 19 h', '2027-06-08', '19:00', '2027-06-09 09:00'],
    ['on Monday when it opens on Friday evening', '2027-06-11', '20:00', '2027-06-14 09:00'],
    ['after 14 July when it opens on it', '2027-07-14', '10:00', '2027-07-15 09:00'],
    ['after the closure when it opens in it', '2027-08-03', '10:00', '2027-08-09 09:00'],
  ])('leaves %s', async (_, date, time, leaves) => {
    const bench = await database.bench();
    const asked = { ...diagnosis, after: date };
    await bench.live(bench.on(date, time), bench.on(date, time) + 7 * 86_400_000, [asked]);
    expect((await bench.mailed('coordo'))[0]).toBe(`${leaves} opening document`);
  });

  test('waits for the first morning of an edition that starts later', async () => {
    const bench = await database.bench();
    expect((await bench.review(bench.on('2027-06-03'), [interview])).wakeAt).toBe(bench.on('2027-06-07', '09:00'));
    expect(await bench.mails()).toEqual([]);
  });

  test('is sent to a delegate at the next sending time, and the ladder of the principal is over', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-11', '12:00'), [interview]);
    const named = { request: bench.request(interview, 'direction'), name: 'Cheffe', email: 'cheffe@plateau.example' };
    expect(await delegate(bench.store, { ...named, realNow: bench.on('2027-06-11', '20:00') })).toMatchObject({ ok: true });
    await months(bench, [interview], bench.on('2027-06-11', '20:00'));
    const to = (await bench.holders(interview)).find((place) => place.joined === 'delegate')?.person ?? '';
    expect(await bench.mailed(to)).toEqual([
      '2027-06-14 09:00 opening interview',
      '2027-06-16 09:00 before-2 interview',
      '2027-06-18 09:00 due interview',
      '2027-06-22 09:00 late-2 interview',
    ]);
    expect(await bench.mailed('direction')).toEqual(whole.slice(0, 2));
    expect(await bench.mailed('adjointe')).toEqual([]);
    expect((await bench.mailed('coordo'))[0]).toBe(`2027-06-22 09:00 late-2 interview (${to}) + late-2 interview (sante)`);
    expect(await bench.broken()).toEqual([]);
  });
});

describe('a mail', () => {
  test('holds all that is due to one person at one time', async () => {
    const bench = await database.bench();
    const asks = [interview, { ...diagnosis }, { ...diagnosis, step: 'call-writing', after: '2027-06-11' } as const];
    await months(bench, asks, bench.on('2027-06-07'));
    expect((await bench.mailed('coordo')).slice(0, 3)).toEqual([
      '2027-06-07 09:00 opening document + opening document',
      '2027-06-11 09:00 before-5 document + before-5 document',
      '2027-06-16 09:00 before-2 document + before-2 document',
    ]);
    expect(await bench.broken()).toEqual([]);
  });

  test('of reminders leaves at most once a person and day; what becomes due on it waits for the next working day', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-10'), [interview]);
    const asks = [interview, { ...stage, after: '2027-06-10' }];
    await bench.live(bench.on('2027-06-10', '10:00'), bench.on('2027-06-14', '09:59'), asks);
    const move = (date: string, at: number) => extend(bench.store, { ask: bench.idOf(stage), date, reason: 'x', realNow: at });
    await move('2027-06-30', bench.on('2027-06-14', '10:00'));
    await bench.live(bench.on('2027-06-14', '10:00'), bench.on('2027-06-16', '10:00'), asks);
    expect(await move('2027-06-16', bench.on('2027-06-16', '10:00'))).toMatchObject({ ok: true }); // it is due today, all of a sudden
    await bench.live(bench.on('2027-06-16', '10:00'), bench.on('2027-06-18'), asks);
    expect(await bench.mailed('sante')).toEqual([
      '2027-06-07 09:00 opening interview',
      '2027-06-10 10:00 opening approve',
      '2027-06-11 09:00 before-5 interview',
      '2027-06-16 09:00 before-2 interview',
      '2027-06-17 09:00 due approve',
      '2027-06-18 09:00 due interview',
    ]);
    expect(await bench.broken()).toEqual([]);
  });

  test('of reminders by hand, at night, is the one of the next working day', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-09', '18:00'), [interview]);
    const nudged = await nudge(bench.store, { ask: bench.idOf(interview), reason: 'vite', realNow: bench.on('2027-06-10', '19:30') });
    expect(nudged).toMatchObject({ ok: true, people: ['direction', 'sante'], at: bench.on('2027-06-11', '09:00') });
    await bench.live(bench.on('2027-06-10', '19:31'), bench.on('2027-06-16'), [interview]);
    expect((await bench.mailed('sante')).slice(1)).toEqual(['2027-06-11 09:00 nudge-1 interview', '2027-06-16 09:00 before-2 interview']);
    expect(await bench.broken()).toEqual([]);
  });
});

describe('a rung', () => {
  test('that comes fewer than two working days after the last mail is dropped for ever', async () => {
    const bench = await database.bench((file) => {
      file.plan = { ...file.plan, interviews: '7wd' }; // opened a day before `before-5`
    });
    await months(bench, [interview]);
    expect(await bench.mailed('direction')).toEqual([
      '2027-06-07 09:00 opening interview',
      '2027-06-11 09:00 before-2 interview',
      '2027-06-15 09:00 due interview',
      '2027-06-17 09:00 late-2 interview',
    ]);
    const { rows } = await bench.store.pool.query(
      `select rung, outbox from rung where edition = $1 and person = 'direction' and rung = 'before-5'`,
      [bench.id],
    );
    expect(rows).toEqual([{ rung: 'before-5', outbox: null }]);
  });

  test('never leaves on a day off: what is counted in working days falls on one', async () => {
    // due on Friday 16 July, two working days after the 13th; and on Monday 9 August, after four days of July
    const bench = await database.bench();
    const before = { ...diagnosis, after: '2027-07-01' };
    const closure = { ...diagnosis, step: 'call-writing', after: '2027-07-26', version: 2 } as const;
    await bench.live(bench.on('2027-07-01', '20:00'), bench.on('2027-09-30'), [before, closure]);
    const days = (await bench.mails()).flatMap((mail) => (mail.sent_at === null ? [] : [bench.calendar.dateOf(mail.sent_at.getTime())]));
    expect(days.filter((day) => !bench.calendar.isWorkingDay(day))).toEqual([]);
    expect(days).toContain('2027-07-13');
    expect(days).toContain('2027-08-09');
    expect(await bench.broken()).toEqual([]);
  });
});

describe('an outage', () => {
  test('of several days gives one reminder, not a burst, and what it skipped is dropped for ever', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-08'), [interview]);
    await months(bench, [interview], bench.on('2027-06-21', '14:00')); // nothing ran for a fortnight
    expect(await bench.mailed('direction')).toEqual(['2027-06-07 09:00 opening interview', '2027-06-21 14:00 due interview']);
    expect((await bench.mailed('coordo'))[0]).toBe('2027-06-22 09:00 late-2 interview (direction) + late-2 interview (sante)');
    expect(await bench.broken()).toEqual([]);
  });

  test('that ends at night or on a day off waits for the morning', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-08'), [interview]);
    await bench.live(bench.on('2027-06-12', '11:00'), bench.on('2027-06-15'), [interview]); // a Saturday
    expect((await bench.mailed('direction')).slice(1)).toEqual(['2027-06-14 09:00 before-5 interview']);
  });

  test('through the whole ladder tells the coordinators once, and turns to the substitute', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-08'), [interview]);
    await months(bench, [interview], bench.on('2027-07-01', '10:00'));
    expect((await bench.mailed('direction')).slice(1)).toEqual(['2027-07-01 10:00 late-2 interview']);
    expect(await bench.mailed('adjointe')).toEqual(['2027-07-01 10:00 late-2 interview']);
    expect(await bench.mailed('coordo')).toEqual(['2027-07-01 10:00 late-5 interview (direction) + late-5 interview (sante)']);
    expect(await bench.broken()).toEqual([]);
  });

  test('of the mail server alone holds up one mail a person, whose day counts from when it left', async () => {
    const bench = await database.bench();
    const down = scripted(...Array.from({ length: 100 }, () => ({ state: 'not-taken', message: 'connection refused' }) as const));
    for (let at: number | null = bench.on('2027-06-07'); at !== null && at < bench.on('2027-06-17'); ) {
      const { wakeAt, mail } = await bench.review(at, [interview]);
      if (mail) await bench.deliver(at, down);
      at = wakeAt;
    }
    await months(bench, [interview], bench.on('2027-06-17', '12:00'));
    expect(await bench.mailed('direction')).toEqual(['2027-06-17 12:00 opening interview', '2027-06-22 09:00 late-2 interview']);
    expect(await bench.broken()).toEqual([]);
  });

  test('of delivery alone does so too, though nothing was tried meanwhile', async () => {
    const bench = await database.bench();
    for (let at: number | null = bench.on('2027-06-07'); at !== null && at < bench.on('2027-06-17'); )
      at = (await bench.review(at, [interview])).wakeAt;
    await months(bench, [interview], bench.on('2027-06-17', '12:00'));
    expect(await bench.mailed('direction')).toEqual(['2027-06-17 12:00 opening interview', '2027-06-22 09:00 late-2 interview']);
    expect(await bench.broken()).toEqual([]);
  });
});

describe('a nudge by hand', () => {
  const reason = 'on en a besoin';

  test('counts as a rung: it leaves in peace whoever had a mail less than two working days ago, and drops the next', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-08', '10:00'), [interview]);
    const push = (date: string, time?: string) => nudge(bench.store, { ask: bench.idOf(interview), reason, realNow: bench.on(date, time) });
    expect(await push('2027-06-08', '10:00')).toEqual({ ok: false, reason: 'too-soon', until: '2027-06-09' });
    expect(await push('2027-06-10', '15:00')).toMatchObject({ ok: true, people: ['direction', 'sante'] });
    expect(await push('2027-06-10', '15:01')).toEqual({ ok: false, reason: 'too-soon', until: '2027-06-14' });
    await bench.live(bench.on('2027-06-10', '15:01'), bench.on('2027-06-17'), [interview]);
    expect((await bench.mailed('direction')).slice(1)).toEqual([
      '2027-06-10 15:01 nudge-1 interview',
      '2027-06-16 09:00 before-2 interview',
    ]);
    expect(await bench.broken()).toEqual([]);
  });

  test('reminds only who is silent, and nobody of an ask that is over', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-08'), [interview]);
    const push = () => nudge(bench.store, { ask: bench.idOf(interview), reason, realNow: bench.on('2027-06-10') });
    await bench.answer(interview, 'direction', said, bench.on('2027-06-09'));
    expect(await push()).toMatchObject({ ok: true, people: ['sante'] });
    await bench.answer(interview, 'sante', said, bench.on('2027-06-10'));
    expect(await push()).toEqual({ ok: false, reason: 'nobody' });
    await bench.review(bench.on('2027-06-10'), [interview]);
    expect(await push()).toEqual({ ok: false, reason: 'closed' });
  });
});

describe('an ask moved by hand', () => {
  test('keeps the rungs it has sent, and climbs the others towards its new day', async () => {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-16', '12:00'), [interview]);
    const move = (date: string, at = bench.on('2027-06-16', '13:00')) =>
      extend(bench.store, { ask: bench.idOf(interview), date, reason: 'elle revient', realNow: at });
    expect(await move('2027-07-14')).toEqual({ ok: false, reason: 'not-a-working-day', until: '2027-07-15' });
    expect(await move('2027-06-15')).toEqual({ ok: false, reason: 'past' });
    expect(await move('2027-07-16')).toMatchObject({ ok: true, from: '2027-06-18' });
    await months(bench, [interview], bench.on('2027-06-16', '13:01'));
    expect(await bench.mailed('direction')).toEqual([
      ...whole.slice(0, 3),
      '2027-07-16 09:00 due interview',
      '2027-07-20 09:00 late-2 interview',
    ]);
    expect(await bench.broken()).toEqual([]);
  });
});
