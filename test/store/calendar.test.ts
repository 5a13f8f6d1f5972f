import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { FactSpec } from '../../domain/facts.js';
import { icsOf } from '../../domain/ics.js';
import type { SendResult } from '../../mail/transport.js';
import { giveAddress } from '../../store/acts/address.js';
import { cancelEdition } from '../../store/acts/cancel-edition.js';
import { close } from '../../store/acts/close.js';
import { extend } from '../../store/acts/extend.js';
import { entriesOf } from '../../store/calendar.js';
import { calendarPath, findFeed } from '../../store/feeds.js';
import { openIncidents } from '../../store/incidents.js';
import { peopleOf } from '../../store/people.js';
import { insertProjects } from '../../store/projects.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase, linkKey, scripted } from '../support/edition.js';
import { readIcs } from '../support/ics.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const sessions: FactSpec = { what: 'sessions', step: 'field', project: 'p-01', version: 1, generation: 1 };
const session = (part: string): Asked => ({ step: 'field', kind: 'session', project: 'p-01', part });
const both = [session('2027-06-16'), session('2027-06-23')];
const interview = { step: 'interviews', kind: 'interview' } as const;

/** An edition with a project whose two sessions, on the 16th and the 23rd, were fixed on Thursday 10 June, 10:00: the maison's. */
async function fixed(): Promise<Bench & { thursday: number }> {
  const bench = await database.bench();
  const project = { id: 'p-01', application: 'a-01', title: 'Le bus qui soigne', need: 'soins', applicant: 'maison', directorate: 'sante' };
  await insertProjects(bench.store.pool, bench.id, [project]);
  const thursday = bench.on('2027-06-10', '10:00');
  await bench.review(thursday, [], { facts: [sessions] });
  await bench.review(thursday, both);
  return { ...bench, thursday };
}

/** What leaves at an instant for a person, an event a line. */
async function told(bench: Bench, person: string, at: number): Promise<string[]> {
  const transport = scripted();
  await bench.deliver(at, transport);
  const { email } = (await peopleOf(bench.store.pool, bench.id, [person])).get(person) ?? {};
  const lines: string[] = [];
  for (const { to, bytes } of transport.sent) {
    const { attachments } = await simpleParser(bytes);
    const files = attachments
      .filter(({ filename }) => filename?.startsWith('invitation'))
      .map(({ content }) => readIcs(content.toString('utf8')));
    if (to === email)
      lines.push(
        ...files.flatMap(({ method, events }) => events.map(({ start, status, sequence }) => `${method} ${start} ${status} ${sequence}`)),
      );
  }
  return lines;
}
/** A mail that was refused for good. */
const refused = ({ store }: Bench, mail: number) =>
  store.pool.query(`update outbox set state = 'failed', error = '550 unknown' where id = $1`, [mail]);
const waiting = async (bench: Bench, person: string) =>
  (await bench.mails()).filter((mail) => mail.template === 'calendar' && mail.person === person && mail.state === 'queued');
const greylisted: SendResult = { state: 'refused', permanent: false, code: 451, message: 'try later' };
/** The calendar mails that were put into words and did not leave. */
const written = async (bench: Bench) =>
  (await bench.mails()).filter((mail) => mail.template === 'calendar' && mail.state === 'queued' && mail.frozen_at !== null);
const drop = (bench: Bench, part: string, at: number) =>
  close(bench.store, { ask: bench.idOf(session(part)), reason: 'grève', realNow: at });

test('a mail is from the authority, and an invitation from whom its mail is', async () => {
  const bench = await fixed();
  const transport = scripted();
  await bench.deliver(bench.on('2027-06-11'), transport);
  const organizers = new Set<string>();
  for (const { bytes } of transport.sent) {
    const { from, attachments } = await simpleParser(bytes);
    expect(from?.value).toEqual([{ name: 'Pays du Plateau – Expérimentations', address: 'essais@troismains.example' }]);
    for (const { content } of attachments)
      for (const { properties } of readIcs(content.toString('utf8')).events)
        for (const { name, parameters, value } of properties) if (name === 'ORGANIZER') organizers.add(`${parameters.CN} ${value}`);
  }
  expect([...organizers]).toEqual(['Pays du Plateau – Expérimentations mailto:essais@troismains.example']);
});

describe('what changes about events', () => {
  test('leaves together at the next 9:00, for all it concerns and nobody else', async () => {
    const bench = await fixed();
    const people = (await bench.mails())
      .filter((mail) => mail.template === 'calendar')
      .map(({ person, due_at }) => [person, due_at.getTime()]);
    const morning = bench.on('2027-06-11');
    expect(people.sort()).toEqual(['coordo', 'incubateur', 'maison', 'sante'].map((person) => [person, morning]));
    expect(await told(bench, 'maison', morning)).toEqual(['REQUEST 2027-06-16 CONFIRMED 0', 'REQUEST 2027-06-23 CONFIRMED 0']);
  });

  test('before the mail has left is added to it: it says where things stand, and what nobody knew of is not taken back', async () => {
    const bench = await fixed();
    const noon = bench.on('2027-06-10', '12:00');
    expect(await drop(bench, '2027-06-16', noon)).toMatchObject({ ok: true });
    await bench.review(noon, both);
    expect(await waiting(bench, 'maison')).toHaveLength(1);
    expect(await told(bench, 'maison', bench.on('2027-06-11'))).toEqual(['REQUEST 2027-06-23 CONFIRMED 0']);
    expect((await bench.mails()).filter((mail) => mail.template === 'calendar' && mail.state !== 'accepted')).toEqual([]);
  });

  test('so that nothing of it is left leaves no mail', async () => {
    const bench = await fixed();
    const noon = bench.on('2027-06-10', '12:00');
    for (const day of ['2027-06-16', '2027-06-23']) await drop(bench, day, noon);
    await bench.review(noon, both);
    expect(await told(bench, 'maison', bench.on('2027-06-11'))).toEqual([]);
    expect((await bench.mails()).filter((mail) => mail.template === 'calendar').map((mail) => mail.state)).toEqual(
      Array(4).fill('dropped'),
    );
  });

  test('before anybody can have had the mail is added to it, though it was written and its server was away', async () => {
    const bench = await fixed();
    const [morning, later] = [bench.on('2027-06-11'), bench.on('2027-06-11', '12:00')];
    await bench.deliver(morning, scripted({ state: 'not-taken', message: 'ECONNREFUSED', server: true }, ...Array(3).fill(greylisted)));
    expect(await written(bench)).toHaveLength(4);
    await drop(bench, '2027-06-16', morning + 1);
    await bench.review(morning + 1, both);
    expect(await told(bench, 'maison', later)).toEqual(['REQUEST 2027-06-23 CONFIRMED 0']);
    expect((await bench.mails()).filter((mail) => mail.template === 'calendar' && mail.state !== 'accepted')).toEqual([]);
  });

  test('of what nobody was told, since its mail never left or was refused for good, is not told', async () => {
    const bench = await fixed();
    const [morning, later] = [bench.on('2027-06-11'), bench.on('2027-06-14', '12:00')];
    for (const mail of await waiting(bench, 'sante')) await refused(bench, mail.id);
    await bench.deliver(morning, scripted(...Array(3).fill(greylisted)));
    for (const day of ['2027-06-16', '2027-06-23']) await drop(bench, day, morning + 1);
    await bench.review(morning + 1, both);
    const transport = scripted();
    await bench.deliver(later, transport);
    expect(transport.sent.map(({ to }) => to).filter((to) => to !== 'coordo@plateau.example')).toEqual([]);
    const ends = (await bench.mails()).filter((mail) => mail.template === 'calendar').map(({ person, state }) => `${person} ${state}`);
    expect(ends.sort()).toEqual(['coordo dropped', 'incubateur dropped', 'maison dropped', 'sante failed']);
  });

  test('after a change that was refused for good is told from what its reader knows', async () => {
    const bench = await fixed();
    const introduction: Asked = { step: 'introductions', kind: 'introduction', project: 'p-01', part: 'm-01', after: '2027-06-10' };
    await bench.store.pool.query(`insert into pair (edition, project, id, person) values ($1, 'p-01', 'm-01', 'transports')`, [bench.id]);
    await bench.review(bench.on('2027-06-11', '10:00'), [introduction]);
    const { due } = await bench.ask(introduction);
    expect(await told(bench, 'transports', bench.on('2027-06-14'))).toEqual([`REQUEST ${due} CONFIRMED 0`]);
    const move = async (date: string, at: number) => {
      expect(await extend(bench.store, { ask: bench.idOf(introduction), date, reason: 'x', realNow: at })).toMatchObject({ ok: true });
      await bench.review(at, [introduction]);
    };
    await move(bench.calendar.add(due, 3), bench.on('2027-06-14', '10:00'));
    for (const mail of await waiting(bench, 'transports')) await refused(bench, mail.id);
    await move(bench.calendar.add(due, 5), bench.on('2027-06-15', '10:00'));
    const [entry] = (await entriesOf(bench.store.pool, bench.id)).filter((one) => one.person === 'transports');
    expect(entry).toMatchObject({ told: true, was: due, first: bench.calendar.add(due, 5) });
    expect(await told(bench, 'transports', bench.on('2027-06-16'))).toEqual([`REQUEST ${bench.calendar.add(due, 5)} CONFIRMED 2`]);
  });

  test('is told at once when the day is near', async () => {
    const bench = await fixed();
    await bench.deliver(bench.on('2027-06-11'));
    const early = bench.on('2027-06-15', '10:00');
    await drop(bench, '2027-06-23', early);
    await bench.review(early, both);
    expect((await waiting(bench, 'maison')).map((mail) => mail.due_at)).toEqual([new Date(bench.on('2027-06-16'))]);
    await drop(bench, '2027-06-16', early + 60_000);
    await bench.review(early + 60_000, both);
    expect(await told(bench, 'maison', early + 60_000)).toEqual(['CANCEL 2027-06-16 CANCELLED 1', 'CANCEL 2027-06-23 CANCELLED 1']);
  });

  test('is told once, however often it is looked at', async () => {
    const bench = await fixed();
    await bench.deliver(bench.on('2027-06-11'));
    for (const hour of ['10:00', '11:00', '12:00']) await bench.review(bench.on('2027-06-11', hour), both, { facts: [sessions] });
    expect(await waiting(bench, 'maison')).toEqual([]);
  });

  test('is told once, also when what was told is lost: it is written again, and nobody hears of it twice', async () => {
    const bench = await fixed();
    await bench.deliver(bench.on('2027-06-11'));
    const { pool } = bench.store;
    await pool.query('delete from calendar_entry where edition = $1', [bench.id]);
    await pool.query('update edition set calendar_seen = null where id = $1', [bench.id]);
    await bench.review(bench.on('2027-06-11', '10:00'), both);
    expect(await told(bench, 'maison', bench.on('2027-06-14'))).toEqual([]);
    expect((await entriesOf(pool, bench.id)).filter((entry) => entry.person === 'maison')).toHaveLength(2);
  });

  test('follows the day of an introduction that a coordinator extends', async () => {
    const bench = await fixed();
    const introduction: Asked = { step: 'introductions', kind: 'introduction', project: 'p-01', part: 'm-01', after: '2027-06-10' };
    await bench.store.pool.query(`insert into pair (edition, project, id, person) values ($1, 'p-01', 'm-01', 'transports')`, [bench.id]);
    const friday = bench.on('2027-06-11', '10:00');
    await bench.review(friday, [introduction]);
    const { due } = await bench.ask(introduction);
    expect(await told(bench, 'transports', bench.on('2027-06-14'))).toEqual([`REQUEST ${due} CONFIRMED 0`]);
    const monday = bench.on('2027-06-14', '10:00');
    const date = bench.calendar.add(due, 3);
    expect(await extend(bench.store, { ask: bench.idOf(introduction), date, reason: 'vacances', realNow: monday })).toMatchObject({
      ok: true,
    });
    await bench.review(monday, [introduction]);
    expect(await told(bench, 'transports', bench.on('2027-06-15'))).toEqual([`REQUEST ${date} CONFIRMED 1`]);
  });

  test('when an edition is ended by hand takes away all that was to come', async () => {
    const bench = await fixed();
    await bench.deliver(bench.on('2027-06-11'));
    const at = bench.on('2027-06-17', '10:00');
    await cancelEdition(bench.store, { edition: bench.id, reason: 'budget', realNow: at });
    await bench.review(at, []);
    expect(await told(bench, 'maison', bench.on('2027-06-18'))).toEqual(['CANCEL 2027-06-23 CANCELLED 1']);
  });
});

test('what breaks about calendars costs nothing else, and works once it is mended', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const scopes = async () => (await openIncidents(pool, bench.id)).map((incident) => incident.scope);
  await pool.query('alter table calendar_entry rename to calendar_lost');
  await bench.review(bench.on('2027-06-07'), [interview]);
  expect([await scopes(), (await bench.places(interview)).length]).toEqual([['calendar'], 2]);
  await pool.query('alter table calendar_lost rename to calendar_entry');
  await bench.review(bench.on('2027-06-07', '10:00'), [interview]);
  expect(await scopes()).toEqual([]);
});

test('an address that is given gets the dates that did not arrive, and the former address reads nothing any more', async () => {
  const bench = await fixed();
  const { pool } = bench.store;
  for (const mail of await waiting(bench, 'maison')) await refused(bench, mail.id);
  await bench.deliver(bench.on('2027-06-11'));
  const ref = (await peopleOf(pool, bench.id, ['maison'])).get('maison')?.ref ?? '';
  const mac = (await calendarPath(pool, { whose: 'person', ref, linkKey }))?.split('/')[3] ?? '';
  const reads = () => findFeed(bench.store, { ref, mac, linkKey, realNow: bench.thursday });
  expect((await reads())?.entries.map(({ summary }) => summary)).toEqual([
    'Séance 1 – Le bus qui soigne',
    'Séance 2 – Le bus qui soigne',
    'Restitution',
  ]);
  const noon = bench.on('2027-06-11', '12:00');
  await giveAddress(bench.store, {
    edition: bench.id,
    person: 'maison',
    email: 'sante@maison.example',
    reason: 'faute de frappe',
    realNow: noon,
  });
  expect(await told(bench, 'maison', noon)).toEqual(['REQUEST 2027-06-16 CONFIRMED 0', 'REQUEST 2027-06-23 CONFIRMED 0']);
  expect(await reads()).toBeUndefined();
});

describe('the feeds of an edition', () => {
  /** One with a day for its jury and sittings for its decisions, which begins on 7 June. */
  const started = () =>
    database.bench((file) => {
      file.plan = { ...file.plan, pitch: { date: '2027-12-02' } };
      file.territory.sessions = { bureau: { name: 'Bureau', fileBy: '2wd', dates: ['2027-12-21', '2028-05-16', '2028-06-20'] } };
      file.circuits = { ...file.circuits, 'outcome-approval': [{ by: 'direction', within: '5wd' }, { session: 'bureau' }] };
    });
  const feed = async (bench: Bench, person: string | undefined, at: number) => {
    const { pool } = bench.store;
    const ref = person === undefined ? bench.id : ((await peopleOf(pool, bench.id, [person])).get(person)?.ref ?? '');
    const path = await calendarPath(pool, { whose: person === undefined ? 'edition' : 'person', ref, linkKey });
    const found = await findFeed(bench.store, { ref, mac: path?.split('/')[3] ?? '', linkKey, realNow: at });
    const { events } = readIcs(icsOf({ locale: 'fr', timezone: 'Europe/Paris', entries: found?.entries ?? [] }));
    return events.map(({ start, summary }) => `${start} ${summary}`);
  };
  const pitch = '2027-12-02 Présentation des projets au jury';
  const restitution = '2028-06-23 Restitution';

  test('hold what is fixed before it begins, each in the calendars of whom it concerns, and hold it still once it runs', async () => {
    const bench = await started();
    for (const at of [bench.on('2027-05-03'), bench.on('2027-06-07', '12:00')]) {
      if (at > bench.on('2027-06-07')) await bench.review(at, [interview]);
      const [first, sitting = '', last, ...more] = await feed(bench, undefined, at);
      expect([first, last, more]).toEqual([pitch, restitution, []]);
      expect(sitting).toMatch(/^20(27-12-21|28-05-16) Bureau – Validation des suites$/);
      expect(await feed(bench, 'coordo', at)).toEqual([pitch, sitting, restitution]);
      expect((await feed(bench, 'transports', at)).filter((line) => !line.includes('Réponse'))).toEqual([pitch, restitution]);
      expect(await feed(bench, 'maison', at)).toEqual([restitution]);
      expect(await feed(bench, 'reseau', at)).toEqual([]);
    }
  });

  test('hold nothing that is to come once it was ended', async () => {
    const bench = await started();
    await cancelEdition(bench.store, { edition: bench.id, reason: 'budget', realNow: bench.on('2027-06-08') });
    await bench.review(bench.on('2027-06-08', '10:00'), [interview]);
    expect(await feed(bench, undefined, bench.on('2027-06-09'))).toEqual([]);
  });
});
