import { describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { OpenPlace } from '../../rehearsal/people.js';
import { entriesOf } from '../../store/calendar.js';
import { calendarPath, findFeed, renewFeed } from '../../store/feeds.js';
import { listMails } from '../../store/outbox.js';
import { peopleOf } from '../../store/people.js';
import type { Chronicle } from '../support/chronicle.js';
import { breaking } from '../support/faults.js';
import { fetchHistory, recordHistory } from '../support/history.js';
import { type Event, readIcs } from '../support/ics.js';
import { playAll } from '../support/scenes.js';
import type { Scene, Small } from '../support/small.js';
import { faultsOf } from '../support/whole.js';

const nextDay = { afterWorkingDays: 1, time: '14:30' };
const except = (silent: (place: OpenPlace) => boolean) => (place: OpenPlace) =>
  silent(place) ? undefined : place.kind === 'score' ? { afterWorkingDays: 0, time: '14:30' } : nextDay;
const says = (answer: Record<string, string>) => ({ answer });
const choose = (choice: string, more: Record<string, string> = {}) => says({ choice, reason: 'Parce que.', ...more });

/** How often a life was reviewed, and how often a review read what calendars were told. */
const counted = { reviews: 0, entries: 0 };
const counting = breaking((text) => {
  if (text.includes('for no key update')) counted.reviews++;
  if (text.includes('from calendar_entry where edition')) counted.entries++;
  return false;
});

const scenes = {
  moving: {
    meddle: counting,
    when: except(({ step }) => step === 'restitution'),
    deed: ({ ask }) => {
      if (ask.kind === 'session') return says({ held: ask.generation === 1 ? 'no' : 'yes' });
      if (ask.kind === 'sitting') return says({ decision: ask.part === '2026-03-24' ? 'adjourned' : 'rejected', remarks: 'Budget.' });
      if (ask.kind !== 'decide') return undefined;
      return ask.part === 'session-2026-02-04' ? choose('move', { date: '2026-02-19' }) : choose('drop');
    },
  },
  leaving: {
    change: (file) => {
      file.target = '2026-06-12';
      file.selection.retained = { min: 2, max: 2 };
      file.selection.jury = ['direction', 'transports', 'coordo'];
      file.plan.pitch = { date: '2026-02-12' };
      file.plan.field = { every: 'wednesday', times: 4, during: 'any' };
    },
    when: except(({ step, project }) => step === 'impact-analysis' && project === 'p-01'),
    deed: ({ ask, project }) => {
      if (ask.kind === 'session' && (project?.id === 'p-02' || ask.part === '2026-03-04')) return says({ held: 'no' });
      if (ask.kind !== 'decide') return undefined;
      return project?.id === 'p-02' ? choose('drop-project') : choose('move', { date: '2026-03-12' });
    },
  },
  ended: {
    change: (file) => {
      file.target = '2026-06-12';
      file.selection.retained = { min: 2, max: 2 };
      file.plan.field = { every: 'wednesday', times: 30, during: 'any' };
    },
    when: except(({ step, kind, project }) => step === 'roadmap' && kind === 'document' && project === 'p-01'),
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('end-edition') : undefined),
  },
  toldOut: {
    change: (file) => {
      file.plan.pitch = { date: '2026-02-12' };
    },
    when: except(({ kind, person }) => (kind === 'prepare' && person === 'applicant-02') || kind === 'deliberation'),
  },
} satisfies Record<string, Small>;

const { on, scene } = playAll(scenes);

/** What came with a person's mails about events, oldest first. */
interface Told {
  at: number;
  subject: string;
  /** Of each event, in the order of the events. */
  methods: string[];
  events: Event[];
}

async function toldTo(told: Chronicle, person: string): Promise<Told[]> {
  return Promise.all(
    told.mails
      .filter((mail) => mail.template === 'calendar' && mail.person === person)
      .map(async ({ bytes, at, subject, to }) => {
        const { attachments, from } = await simpleParser(bytes);
        const files = attachments
          .filter(({ filename }) => filename?.startsWith('invitation'))
          .map(({ content }) => readIcs(content.toString('utf8')));
        if (files.length === 0) throw new Error(`nothing came with ${subject}`);
        const inline = attachments
          .filter(({ contentType }) => contentType === 'text/calendar')
          .map(({ content }) => content.toString('utf8'));
        expect(inline).toHaveLength(files.length > 1 ? 0 : 1); // several come as files only
        const events = files.flatMap((file) => file.events);
        for (const { properties } of events) {
          const parties = properties
            .filter(({ name }) => name === 'ATTENDEE' || name === 'ORGANIZER')
            .map(({ value }) => value.toLowerCase());
          expect(parties).toEqual([`mailto:${from?.value[0]?.address}`, `mailto:${to}`]);
        }
        return { at, subject, methods: files.map(({ method }) => method ?? ''), events };
      }),
  );
}

const brief = ({ uid, start, status, sequence }: Event) => `${uid.replace(/^small\.|@.*/g, '')} ${start} ${status} ${sequence}`;
const linesOf = (told: Chronicle, mails: readonly Told[]) =>
  mails.map(({ at, methods, events }) => `${told.local(at)} ${[...new Set(methods)].join('+')} ${events.map(brief).join(' + ')}`);
/** What a person was told from a day on, a mail a line. */
const told = async (now: Chronicle, person: string, from: string) => linesOf(now, await toldTo(now, person)).filter((line) => line >= from);

const asked = (now: Chronicle, step: string) =>
  now.asks
    .filter((ask) => ask.step === step)
    .map(({ id, openedAt, due, closedOn, outcome, result }) =>
      [id.slice('small.'.length), now.local(openedAt), due, closedOn, outcome, result].filter((word) => word !== null).join(' '),
    );

test('a session that was not held is moved by a coordinator to a day of their choice, or dropped', async () => {
  const now = await scene('moving').until(({ facts }) => facts.some((fact) => fact.what === 'finished' && fact.step === 'field'));
  expect(asked(now, 'field')).toEqual([
    'field.session.p-01.v1.2026-02-04.g1 2026-02-04 18:00 2026-02-04 2026-02-05 complete no',
    'field.decide.p-01.v1.session-2026-02-04.g1 2026-02-05 14:30 2026-02-12 2026-02-06 complete move',
    'field.session.p-01.v1.2026-02-11.g1 2026-02-11 18:00 2026-02-11 2026-02-12 complete no',
    'field.decide.p-01.v1.session-2026-02-11.g1 2026-02-12 14:30 2026-02-19 2026-02-13 complete drop',
    'field.session.p-01.v1.2026-02-19.g2 2026-02-19 18:00 2026-02-19 2026-02-20 complete yes',
  ]);
  expect(now.finished('p-01')).toContain('field 2026-02-20 partial'); // one was dropped
  expect(now.sentTo('applicant-01').filter((line) => line.includes('p-01:2026-02-19:g2'))).toEqual([
    '2026-02-17 09:00 before-2 field/session p-01:2026-02-19:g2',
    '2026-02-19 18:00 opening field/session p-01:2026-02-19:g2',
  ]);
});

test('a project all of whose sessions were held, on the day or on another, has been in the field', async () => {
  const now = await scene('leaving').until((seen) => seen.finished('p-01').some((line) => line.startsWith('field')));
  expect(asked(now, 'field')).toEqual(
    expect.arrayContaining([
      'field.decide.p-01.v1.session-2026-03-04.g1 2026-03-05 14:30 2026-03-12 2026-03-06 complete move',
      'field.session.p-01.v1.2026-03-12.g2 2026-03-12 18:00 2026-03-12 2026-03-13 complete yes',
    ]),
  );
  expect(now.finished('p-01')).toContain('field 2026-03-19 complete');
});

test('a sitting that is adjourned goes to the next one; rejected, the project ends', async () => {
  const now = await scene('moving').until(({ projects }) => projects.some((p) => p.outcome !== null));
  expect(asked(now, 'outcome-approval').slice(-2)).toEqual([
    'outcome-approval.sitting.p-01.v1.2026-03-24.g1 2026-03-24 09:00 2026-03-24 2026-03-25 complete adjourned',
    'outcome-approval.sitting.p-01.v1.2026-04-21.g1 2026-04-21 09:00 2026-04-21 2026-04-22 complete rejected',
  ]);
  expect(now.projects).toMatchObject([{ outcome: 'end', ended_on: '2026-04-22' }]);
});

test('an edition that is ended early cancels what is open, says so once to each, and asks nothing more', async () => {
  const now = await scene('ended').toTheEnd();
  const endedAt = now.journal.find((entry) => entry.verb === 'fact.edition-ended')?.at ?? 0;
  expect([now.status, now.local(endedAt)]).toEqual(['cancelled', '2026-02-05 14:30']);
  expect(now.asks.filter((ask) => ask.outcome === null)).toEqual([]);
  const cancelled = now.asks.filter((ask) => ask.outcome === 'cancelled');
  expect(new Set(cancelled.map(({ step, project }) => `${step} ${project}`))).toEqual(new Set(['field p-02']));
  const after = now.mails.filter((mail) => mail.at >= endedAt);
  expect(new Set(after.map((mail) => mail.template))).toEqual(new Set(['receipt', 'ended', 'calendar']));
  const farewells = after.filter((mail) => mail.template === 'ended').map((mail) => mail.person);
  expect(new Set(farewells).size).toBe(farewells.length);
});

describe('a calendar', () => {
  test('follows a session that is moved past the next, and a sitting that is adjourned; what is past is left alone', async () => {
    const now = await scene('moving').until(({ projects }) => projects.some((p) => p.outcome !== null));
    expect(await told(now, 'transports', '2026-02-01')).toEqual([
      '2026-02-03 14:30 REQUEST field.p-01.1.session 2026-02-04 CONFIRMED 0 + field.p-01.2.session 2026-02-11 CONFIRMED 0',
      '2026-02-09 09:00 REQUEST field.p-01.1.session 2026-02-19 CONFIRMED 1',
      '2026-02-27 09:00 REQUEST outcome-approval.p-01.sitting 2026-03-24 CONFIRMED 0',
      '2026-03-26 09:00 REQUEST outcome-approval.p-01.sitting 2026-04-21 CONFIRMED 1',
    ]);
    const [, moved] = (await toldTo(now, 'applicant-01')).slice(-2);
    expect(moved?.subject).toBe('Nouvelle date : Séance 1 – Solution 1, le jeudi 19 février');
  });

  test('holds the day of the jury as foreseen, then as it is; and the meetings of both sides', async () => {
    const now = await scene('moving').told();
    expect((await told(now, 'applicant-01', '2026-01')).slice(0, 3)).toEqual([
      '2026-01-23 09:00 REQUEST pitch.pitch 2026-01-28 CONFIRMED 0',
      '2026-01-23 14:30 REQUEST pitch.pitch 2026-01-26 CONFIRMED 1',
      '2026-01-29 09:00 REQUEST introductions.p-01.m-01.introduction 2026-02-04 CONFIRMED 0 + introductions.p-01.m-02.introduction 2026-02-04 CONFIRMED 0',
    ]);
    expect(await told(now, 'mairie', '2026-01')).toEqual([
      '2026-01-29 09:00 REQUEST introductions.p-01.m-01.introduction 2026-02-04 CONFIRMED 0',
    ]);
    const [meeting] = await toldTo(now, 'mairie');
    expect(meeting?.events[0]?.summary).toBe('Rencontre avec Porteuse 1 – Solution 1');
  });

  test('is told at once that what was to come of a dropped project does not take place, by those who carried it only', async () => {
    const now = await scene('leaving').until((seen) => seen.mails.some((m) => m.template === 'calendar' && m.subject.includes('annul')));
    const cancelled = ['2', '3', '4'].map((n) => new RegExp(`field\\.p-02\\.${n}\\.session 2026-\\d\\d-\\d\\d CANCELLED 1`));
    for (const person of ['applicant-02', 'transports', 'coordo']) {
      const last = (await told(now, person, '2026-02-20')).find((line) => line.includes('CANCELLED')) ?? '';
      for (const one of cancelled) expect(last).toMatch(one);
      expect(last).not.toMatch(/p-01|p-02\.1\.session/);
    }
    expect((await told(now, 'applicant-01', '2026-01')).join()).not.toContain('CANCELLED');
  });

  test('is told what does not take place any more when an edition is ended', async () => {
    const now = await scene('ended').toTheEnd();
    const endedOn = now.local(now.journal.find((entry) => entry.verb === 'fact.edition-ended')?.at ?? 0).slice(0, 10);
    const [last] = (await toldTo(now, 'applicant-02')).slice(-1);
    const days = last?.events.map(({ start }) => start) ?? [];
    expect(new Set(last?.methods)).toEqual(new Set(['CANCEL'])); // each takes away what an invitation had put there
    expect(last?.subject).toBe(`${days.length} dates annulées dans votre calendrier`);
    expect([days.length > 5, days.every((day) => day >= endedOn)]).toEqual([true, true]);
  });

  test('loses the jury when its applicant is told out: theirs, and nobody else’s', async () => {
    const now = await scene('toldOut').until(({ asks }) => asks.some((ask) => ask.kind === 'deliberation'));
    expect((await told(now, 'applicant-02', '2026-01')).map((line) => line.slice(17))).toEqual([
      'REQUEST pitch.pitch 2026-02-12 CONFIRMED 0',
      'CANCEL pitch.pitch 2026-02-12 CANCELLED 1',
    ]);
    const beside = now.mails.filter(({ person, template }) => person === 'applicant-02' && ['calendar', 'told-out'].includes(template));
    expect(beside.map(({ template }) => template)).toEqual(['calendar', 'told-out', 'calendar']); // why, before the date goes
    for (const person of ['applicant-01', 'direction', 'transports', 'coordo'])
      expect((await told(now, person, '2026-01')).map((line) => line.slice(17))).toEqual(['REQUEST pitch.pitch 2026-02-12 CONFIRMED 0']);
  });
});

/** What was told and what is true at one moment of a life that goes on. */
async function atOneMoment(lived: Scene) {
  const read = async () => ({ entries: await entriesOf(lived.store.pool, lived.edition.id), mails: await listMails(lived.store.pool) });
  for (;;) {
    const before = await read();
    const now = await lived.told();
    if (JSON.stringify(before) !== JSON.stringify(await read())) continue;
    const waiting = new Set(before.mails.filter((mail) => mail.state !== 'accepted').map((mail) => mail.id));
    return { now, entries: before.entries, waiting };
  }
}

test('what everybody was told adds up to what is true, and each change was told once', async () => {
  for (const [name, lived] of Object.entries(on)) {
    const { now, entries, waiting } = await atOneMoment(lived);
    const people = new Set(entries.flatMap(({ person }) => person ?? []));
    expect([name, people.size > 0, now.incidents]).toEqual([name, true, []]);
    for (const person of people) {
      const calendar = new Map<string, Event>();
      for (const { events } of await toldTo(now, person))
        for (const event of events) {
          const before = calendar.get(event.uid)?.sequence ?? -1;
          expect([name, person, event.uid, event.sequence > before]).toEqual([name, person, event.uid, true]);
          calendar.set(event.uid, event);
        }
      const true_ = entries.filter((entry) => entry.person === person && (entry.mail === null ? entry.told : !waiting.has(entry.mail)));
      expect([...calendar.values()].map(brief).sort()).toEqual(
        true_
          .map(({ uid, first, state, sequence }) => `${uid.replace(/^small\.|@.*/g, '')} ${first} ${state.toUpperCase()} ${sequence}`)
          .sort(),
      );
    }
  }
});

test('all is told in the journal once, without a word of anybody, and every guarantee is kept', async () => {
  for (const [name, life] of Object.entries(on)) expect([name, await faultsOf(life)]).toEqual([name, []]);
  for (const name of ['moving', 'ended'] as const)
    recordHistory('cohort', name, await fetchHistory(scene(name).client, scene(name).workflowId));
});

test('a review reads what calendars were told only when something they are made from has changed', async () => {
  await scene('moving').until(({ projects }) => projects.some((p) => p.outcome !== null));
  expect(counted.entries).toBeGreaterThan(5);
  expect(counted.entries).toBeLessThan(counted.reviews / 2);
});

describe('a feed', () => {
  const linkKey = Buffer.alloc(32, 7);
  const realNow = 0;
  const open = async (whose: 'person' | 'edition', ref: string) => {
    const { store } = scene('toldOut');
    const path = await calendarPath(store.pool, { whose, ref, linkKey });
    const [, , id = '', mac = ''] = (path ?? '').split('/');
    return { path, mac, feed: await findFeed(store, { ref: id, mac, linkKey, realNow }) };
  };
  const refOf = async (person: string) => (await peopleOf(scene('toldOut').store.pool, 'small', [person])).get(person)?.ref ?? '';
  const titles = (found: Awaited<ReturnType<typeof open>>) => found.feed?.entries.map(({ summary }) => summary);

  test('of a person holds their own events, those that were cancelled too, and the answers expected of them', async () => {
    const now = await scene('toldOut').until(({ asks }) => asks.some((ask) => ask.kind === 'deliberation'));
    expect(titles(await open('person', await refOf('applicant-02')))).toEqual(['Annulé : Présentation des projets au jury']);
    expect(titles(await open('person', await refOf('coordo')))).toEqual([
      'Présentation des projets au jury',
      'Bureau du parc – Validation des suites',
      'Restitution',
      'Réponse attendue : Jury',
    ]);
    expect(titles(await open('person', await refOf('mairie')))).toEqual(['Restitution']);
    // the page of the mail is the page of the feed
    const [mail] = now.mails.filter((one) => one.template === 'calendar' && one.person === 'direction');
    const { text } = await simpleParser(mail?.bytes ?? '');
    expect(text).toContain((await open('person', await refOf('direction'))).path);
  });

  test('of the edition holds every event, and nobody’s name', async () => {
    const { store } = scene('moving');
    const path = await calendarPath(store.pool, { whose: 'edition', ref: 'small', linkKey });
    const found = await findFeed(store, { ref: 'small', mac: path?.split('/')[3] ?? '', linkKey, realNow });
    const text = JSON.stringify(found?.entries);
    for (const kind of ['pitch', 'session', 'sitting', 'introduction']) expect(text).toContain(`.${kind}@troismains`);
    for (const { name } of (await peopleOf(store.pool, 'small')).values()) expect(text).not.toContain(name);
  });

  test('with a new address is dead at the old one, for its own reader only', async () => {
    const { store } = scene('toldOut');
    const ref = await refOf('coordo');
    const [mine, other] = [await open('person', ref), await open('person', await refOf('direction'))];
    expect(await renewFeed(store, { whose: 'person', ref, realNow })).toBe(true);
    expect(await findFeed(store, { ref, mac: mine.mac, linkKey, realNow })).toBeUndefined();
    expect((await open('person', ref)).feed).toBeDefined();
    expect((await open('person', await refOf('direction'))).mac).toBe(other.mac);
    expect(await renewFeed(store, { whose: 'edition', ref: 'small', reason: 'adresse publiée', realNow })).toBe(true);
    expect(await renewFeed(store, { whose: 'person', ref: 'nobody', realNow })).toBe(false);
    const renewed = (await scene('toldOut').told()).journal.filter((entry) => entry.verb === 'calendar.renewed');
    expect(renewed.map(({ actor, subject }) => [actor, subject])).toEqual([
      ['coordo', 'coordo'],
      ['coordinator', 'small'],
    ]);
  });
});
