import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calendarOf } from '../../domain/calendar.js';
import { type Lived, live } from '../../rehearsal/live.js';
import { verifyChain } from '../../store/chain.js';
import { peopleOf } from '../../store/people.js';
import { savePreferences } from '../../store/preferences.js';
import { untoldOf } from '../../store/untold.js';
import { type Chronicle, chronicle } from '../support/chronicle.js';
import { digestsIn, weeksOf } from '../support/digests.js';
import { fetchHistory, type History, namesIn, recordHistory } from '../support/history.js';
import { editionFrom } from '../support/source.js';
import { ceilings, countingStatements, quantile } from '../support/statements.js';
import { type Stage, setStage } from '../support/theatre.js';
import { script } from '../support/val-d-oise.js';
import { wordsIn, wordsOf } from '../support/words.js';

const { edition, source } = editionFrom('val-d-oise-2023');
const firstMorning = calendarOf(edition.territory).instantAt('2023-01-16', '08:30');
const { meddle, counted } = countingStatements();
let stage: Stage;
let lived: Lived;
let told: Chronicle;
let history: History;

beforeAll(async () => {
  stage = await setStage();
  lived = await live(stage, { edition, source, startsAt: firstMorning, script, meddle });
  const ref = (await peopleOf(lived.store.pool, edition.id, ['economiste'])).get('economiste')?.ref ?? '';
  await savePreferences(lived.store, { ref, digest: false, realNow: Date.now() });
  await lived.finished();
  told = await chronicle(lived.store, edition.id);
  history = await fetchHistory(lived.client, lived.workflowId);
  recordHistory('cohort', 'val-d-oise-2023', history);
});

afterAll(async () => {
  await lived?.close();
  await stage?.strike();
});

const ofKind = (kind: string) => told.asks.filter((ask) => ask.kind === kind);

describe('a year of the Val d’Oise programme', () => {
  test('is lived whole, and closes', () => {
    expect({ status: told.status, incidents: told.incidents }).toEqual({ status: 'closed', incidents: [] });
  });

  test('costs no more statements than bench/ceilings.json allows', () => {
    const { review, delivery, edition: all } = ceilings();
    expect(counted.reviews.length).toBeGreaterThan(200);
    expect(counted.deliveries.length).toBeGreaterThan(200);
    const costs = [counted.reviews, counted.deliveries].map((each) => [quantile(each, 0.5), quantile(each, 0.95)]);
    for (const [i, { median, p95 }] of [review, delivery].entries()) {
      expect(costs[i]?.[0]).toBeLessThanOrEqual(median);
      expect(costs[i]?.[1]).toBeLessThanOrEqual(p95);
    }
    expect(counted.all).toBeLessThanOrEqual(all);
  });

  test('ends every step of the edition when its people ended it', () => {
    expect(told.finished()).toEqual([
      'interviews 2023-02-15 complete',
      'diagnosis 2023-03-01 complete',
      'diagnosis-approval 2023-03-15 approved',
      'call-writing 2023-03-22 complete',
      'jury 2023-04-05 complete',
      'call-open 2023-05-03 complete',
      'eligibility 2023-05-11 complete',
      'shortlist 2023-05-19 complete',
      'pitch-preparation 2023-06-05 complete',
      'pitch 2023-06-19 complete',
      'selection-approval 2023-06-26 approved',
      'restitution 2024-01-26 complete',
    ]);
  });

  test('walks each project through its own dates, the one sent back a week behind', () => {
    const straight = [
      'introductions 2023-07-10 complete',
      'roadmap 2023-08-22 complete',
      'roadmap-approval 2023-09-12 approved',
      'field 2023-10-19 complete',
      'impact-analysis 2023-11-03 complete',
      'evaluation 2023-11-24 complete',
      'outcome-approval 2024-01-22 approved',
    ];
    expect(told.finished('p-01')).toEqual(straight);
    expect(told.finished('p-02')).toEqual(straight);
    expect(told.finished('p-03')).toEqual([
      'introductions 2023-07-10 complete',
      'roadmap 2023-08-22 complete',
      'roadmap 2023-08-30 complete v2',
      'roadmap-approval 2023-09-15 approved v2',
      'field 2023-10-26 complete',
      'impact-analysis 2023-11-10 complete',
      'evaluation 2023-12-01 complete',
      'outcome-approval 2024-01-22 approved',
    ]);
  });

  test('ends in an agreement, a scale-up and an end, all three through the sitting of 22 January', () => {
    expect(told.projects.map(({ id, need, directorate, outcome, ended_on }) => [id, need, directorate, outcome, ended_on])).toEqual([
      ['p-01', 'perinatalite', 'pmi', 'agreement', '2024-01-22'],
      ['p-02', 'mineurs', 'enfance', 'scale-up', '2024-01-22'],
      ['p-03', 'perinatalite', 'pmi', 'end', '2024-01-22'],
    ]);
    expect(ofKind('sitting').map(({ project, part, result }) => [project, part, result])).toEqual(
      ['p-01', 'p-02', 'p-03'].map((project) => [project, '2024-01-22', 'adopted']),
    );
  });

  test('holds six Wednesdays in the field for each project', () => {
    const wednesdays = ['2023-09-13', '2023-09-20', '2023-09-27', '2023-10-04', '2023-10-11', '2023-10-18', '2023-10-25'];
    const daysOf = (project: string) =>
      ofKind('session')
        .filter((ask) => ask.project === project && ask.result === 'yes')
        .map((ask) => ask.part);
    expect([daysOf('p-01'), daysOf('p-02'), daysOf('p-03')]).toEqual([wednesdays.slice(0, 6), wednesdays.slice(0, 6), wednesdays.slice(1)]);
  });

  test('takes an interview from a substitute and one from a delegate, and shows who they stood for', () => {
    const [interviews] = ofKind('interview');
    expect(interviews?.outcome).toBe('complete');
    expect(Object.fromEntries((interviews?.people ?? []).map((p) => [p.person, `${p.seat} ${p.joined} ${p.closed}`]))).toEqual({
      dg: 'dg asked not-needed',
      dga: 'dg substitute answered',
      pmi: 'pmi asked answered',
      enfance: 'enfance asked delegated',
      'enfance-1': 'enfance delegate answered',
      maternite: 'maternite asked answered',
      'reseau-perinatal': 'reseau-perinatal asked answered',
      prevention: 'prevention asked answered',
      college: 'college asked answered',
    });
  });

  test('rules on ten applications, shortlists seven, retains three; a draft is not an application', async () => {
    const { rows } = await lived.store.pool.query(
      `select id, state, eligible, shortlisted, coalesce(fate, '–') as fate from application where edition = $1 order by id`,
      [edition.id],
    );
    const seen = rows.map(({ id, state, eligible, shortlisted, fate }) => `${id} ${state} ${eligible} ${shortlisted} ${fate}`);
    expect(seen).toEqual([
      'a-01 submitted true true retained',
      'a-02 submitted true true retained',
      'a-03 submitted true true retained',
      'a-04 submitted true true reserve',
      ...['a-05', 'a-06', 'a-07'].map((id) => `${id} submitted true true not-retained`),
      ...['a-08', 'a-09', 'a-10'].map((id) => `${id} submitted true false not-retained`),
      'a-11 draft null false –',
    ]);
    expect(ofKind('apply')[0]?.people.find((p) => p.person === 'applicant-11')?.closed).toBe('missed');
  });

  test('lets a juror with an interest score every application but that one', async () => {
    const { rows } = await lived.store.pool.query('select distinct person, application from score where edition = $1', [edition.id]);
    const scored = (juror: string) =>
      rows
        .filter((row) => row.person === juror)
        .map((row) => String(row.application))
        .sort();
    const pitched = ['a-01', 'a-02', 'a-03', 'a-04', 'a-05', 'a-06', 'a-07'];
    expect(scored('enfance')).toEqual(pitched.filter((id) => id !== 'a-02'));
    expect(scored('dg')).toEqual(pitched);
  });

  test('sends all letters together, once the selection is approved, and not before', () => {
    const letters = told.mails.filter((mail) => mail.template === 'letter');
    expect(letters.map((mail) => `${told.local(mail.at)} ${mail.person}`)).toEqual(
      Array.from({ length: 10 }, (_, n) => `2023-06-26 16:00 applicant-${String(n + 1).padStart(2, '0')}`),
    );
    expect(new Set(letters.map((mail) => mail.messageId)).size).toBe(10);
  });

  test.each(expectedMails())('mails $person what the programme owes, when it owes it', ({ person, mails }) => {
    expect(told.sentTo(person)).toEqual(mails);
  });

  test('keeps every guarantee on every mail', () => {
    expect(told.guarantees.flatMap(({ name, violations }) => violations.map((violation) => `${name}: ${violation}`))).toEqual([]);
    expect(Math.min(...told.guarantees.map(({ checked }) => checked))).toBeGreaterThan(100);
  });

  test('hands every mail to the transport once, as the outbox has it', () => {
    expect(lived.mails.length).toBe(told.mails.length);
    expect(new Set(told.mails.map((mail) => mail.messageId)).size).toBe(told.mails.length);
  });

  test('writes one journal entry per opening, answer and outcome, under the name of who did it', () => {
    const entries = (verb: string) => told.journal.filter((entry) => entry.verb === verb);
    const subjects = (verb: string) =>
      entries(verb)
        .map((entry) => entry.subject)
        .sort();
    const ids = told.asks.map((ask) => ask.id).sort();
    expect(subjects('ask.opened')).toEqual(ids);
    expect(subjects('ask.settled')).toEqual(ids);
    expect(new Set([...entries('ask.opened'), ...entries('ask.settled')].map((entry) => entry.actor))).toEqual(new Set(['programme']));
    const answered = told.asks.flatMap((ask) =>
      ask.kind === 'apply' ? [] : ask.people.filter((p) => p.closed === 'answered').map((p) => `${ask.id} ${p.person} ${p.closedAt}`),
    );
    expect(
      entries('ask.answered')
        .map((entry) => `${entry.subject} ${entry.actor} ${entry.at}`)
        .sort(),
    ).toEqual(answered.sort());
    expect(
      entries('application.submitted')
        .map((entry) => entry.actor)
        .sort(),
    ).toEqual(Array.from({ length: 10 }, (_, n) => `applicant-${String(n + 1).padStart(2, '0')}`));
    const facts = told.journal.filter((entry) => entry.verb.startsWith('fact.')).map((entry) => entry.subject);
    expect(facts.sort()).toEqual(told.facts.map((fact) => fact.id).sort());
  });

  test('tells every opening, answer, outcome and fact in the journal once, in a chain that verifies', async () => {
    expect(await untoldOf(lived.store.pool, edition.id)).toEqual([]);
    expect(await verifyChain(lived.store.pool, edition.id)).toMatchObject({ ok: true, faults: [], entries: told.journal.length });
  });

  test('leaves no name, no address and nothing that people wrote in the journal', async () => {
    const words = await wordsOf(lived.store, edition.id);
    expect(words).toEqual(
      expect.arrayContaining(['Direction générale', 'Il manque une situation de référence.', 'Membre de son conseil.']),
    );
    expect(wordsIn(told.journal, words)).toEqual([]);
  });

  test('leaves no name and no address in any event of its history', async () => {
    const { rows } = await lived.store.pool.query<{ name: string; email: string }>('select name, email from person where edition = $1', [
      edition.id,
    ]);
    expect(rows.length).toBe(14 + 11 + 11 + 1); // people, relays, applicants, and whom one of them named
    expect(history.events?.length).toBeGreaterThan(1_000);
    expect(namesIn(history, rows)).toEqual([]);
  });

  test('is swept without finding anything to do', async () => {
    for (const [name, rounds] of Object.entries({ idle: 1, rounds: 3 })) {
      const workflowId = `sweep-${name}-${lived.taskQueue}`;
      await lived.client.workflow.execute('sweep', { taskQueue: lived.taskQueue, workflowId, args: [{ rounds, pauseMs: 10 }] });
      recordHistory('sweep', name, await fetchHistory(lived.client, workflowId));
    }
    expect(await chronicle(lived.store, edition.id)).toMatchObject({ mails: told.mails, incidents: [] });
  });
});

describe('the weekly digests of that year', () => {
  const endOf = () => told.facts.find((fact) => fact.what === 'edition-ended')?.recorded_at.getTime() ?? 0;
  const lettersAt = () => told.mails.find((mail) => mail.template === 'letter')?.at ?? 0;
  const minuteOf = (at: number) => Math.floor(at / 60_000) * 60_000;

  test('leave at 9:00 of the first working day of a week, one a person; none is empty, none comes after the end', () => {
    const digests = digestsIn(told);
    expect(digests.length).toBeGreaterThan(100);
    const due = weeksOf(told, { from: firstMorning, to: endOf() }).map(({ until }) => until);
    const wrong = digests.filter(({ at, moved }) => moved.length === 0 || !due.includes(minuteOf(at)));
    expect(wrong.map(({ person, at }) => `${told.local(at)} ${person}`)).toEqual([]);
    expect(new Set(digests.map(({ person, at }) => `${person} ${minuteOf(at)}`)).size).toBe(digests.length);
  });

  test('are none where nothing moved since the ones before', () => {
    const still = weeksOf(told, { from: firstMorning, to: endOf() }).filter(({ moved }) => !moved);
    expect(still.length).toBeGreaterThan(5);
    const sent = digestsIn(told).map(({ at }) => minuteOf(at));
    expect(still.filter(({ until }) => sent.includes(until)).map(({ until }) => told.local(until))).toEqual([]);
  });

  test('carry nothing that anybody wrote, but the titles of retained projects; before the letters, no application is named', async () => {
    const retained = told.projects.map(({ title }) => title);
    const names = (await peopleOf(lived.store.pool, edition.id)).values();
    const signed = [...names].flatMap(({ name, email }) => [name, email]);
    const ours = ['Délibération du jury']; // the title that the programme gives to minutes
    const words = (await wordsOf(lived.store, edition.id)).filter((word) => !signed.includes(word) && !ours.includes(word));
    const telling = ['Il manque une situation de référence.', 'Membre de son conseil.', 'Théâtre au collège'];
    expect(words).toEqual(expect.arrayContaining(telling));
    const digests = digestsIn(told).filter(({ person }) => person !== 'labo' && person !== 'incubateur'); // they rule on applications, by title
    const leaks = digests.flatMap(({ person, at, text }) =>
      wordsIn(text, words)
        .filter((word) => !(at > lettersAt() && retained.includes(word)))
        .map((word) => `${told.local(at)} ${person}: ${word}`),
    );
    expect(leaks).toEqual([]);
    for (const { text } of digestsIn(told)) expect(wordsIn(text, telling.slice(0, 2))).toEqual([]);
  });

  test('tell all applicants the same before the letters, and those who were not retained nothing after', () => {
    const toApplicants = digestsIn(told).filter(({ person }) => person.startsWith('applicant'));
    const before = toApplicants.filter(({ at }) => at < lettersAt());
    expect(before.map(({ person }) => person).sort()).toEqual(
      Array.from({ length: 10 }, (_, n) => `applicant-${String(n + 1).padStart(2, '0')}`),
    );
    expect(new Set(before.map(({ text }) => text.replaceAll(/https:\S+/g, ''))).size).toBe(1);
    const after = toApplicants.filter(({ at }) => at >= lettersAt()).map(({ person }) => person);
    expect([...new Set(after)].sort()).toEqual(['applicant-01', 'applicant-02', 'applicant-03']);
  });

  test('never go to who wants none', () => {
    const people = new Set(digestsIn(told).map(({ person }) => person));
    expect([people.has('designer'), people.has('economiste')]).toEqual([true, false]);
  });
});

/** The fixture's sections: a person, then what they are sent, a line each. */
function expectedMails(): { person: string; mails: string[] }[] {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/val-d-oise.mails.txt'), 'utf8');
  return text
    .split(/\n\n+/)
    .slice(1)
    .map((section) => {
      const [person = '', ...mails] = section.trim().split('\n');
      return { person, mails: mails.map((line) => line.trim()) };
    });
}
