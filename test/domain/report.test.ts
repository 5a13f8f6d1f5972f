import { describe, expect, test } from '@jest/globals';
import { calendarOf, mondayOf } from '../../domain/calendar.js';
import type { Plan } from '../../domain/plan.js';
import { setFrench } from '../../domain/typography.js';
import type { LivedAsk, LivedPlace } from '../../rehearsal/record.js';
import { blameOf } from '../../rehearsal/report/blame.js';
import { followsOf } from '../../rehearsal/report/follows.js';
import { decisions, lackingAsks, lateSeats, lostDays, madeWait, setbacks } from '../../rehearsal/report/late.js';
import { kindsOf } from '../../rehearsal/report/letters.js';
import { mbox } from '../../rehearsal/report/mbox.js';
import { peopleInOrder } from '../../rehearsal/report/people.js';
import { sittingRows } from '../../rehearsal/report/sittings.js';
import { livedTogether, stepRows } from '../../rehearsal/report/spans.js';
import { verdictOf } from '../../rehearsal/report/verdict.js';
import { mailWeeks } from '../../rehearsal/report/weeks.js';

const calendar = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
const { count, dateOf, endOfDay } = calendar;
const at = (when: string) => calendar.instantAt(when.slice(0, 10), when.slice(11) || '10:00');

const place = (person: string, closed?: string, more: Partial<LivedPlace> = {}): LivedPlace => ({
  person,
  seat: person,
  joined: 'asked',
  closed: closed === undefined ? null : 'answered',
  closedAt: closed === undefined ? null : at(closed),
  ...more,
});

/** An approval asked on Monday 2 March 2026 for Friday 6, unless it says otherwise. */
const ask = (
  id: string,
  { opened = '2026-03-02 09:00', closed, ...more }: Partial<LivedAsk> & { opened?: string; closed?: string } = {},
): LivedAsk => ({
  id,
  kind: 'approve',
  step: 'diagnosis-approval',
  project: null,
  part: '1',
  version: 1,
  generation: 1,
  opensAt: at(opened),
  openedAt: at(opened),
  due: '2026-03-06',
  endsAt: null,
  outcome: closed === undefined ? null : 'complete',
  closedAt: closed === undefined ? null : at(closed),
  closedOn: closed?.slice(0, 10) ?? null,
  result: null,
  people: [],
  ...more,
});

const late = (...asks: LivedAsk[]) => lateSeats({ asks, dateOf, count, endOfDay, until: at('2026-06-30') });

describe('who waited for whom', () => {
  const approval = ask('approval', { closed: '2026-03-11 15:00', people: [place('dg', '2026-03-11 15:00')] });
  const writing = ask('writing', {
    kind: 'document',
    step: 'call-writing',
    part: null,
    opened: '2026-03-11 15:00',
    due: '2026-12-31',
    people: [place('labo')],
  });

  test('whoever is asked as soon as a late answer comes has waited for it', () => {
    const [one] = late(approval, writing);
    expect(one).toMatchObject({ people: ['dg'], how: 'late', on: '2026-03-11', lateDays: 3 });
    expect(one?.follows).toEqual({ is: 'waited', asks: [writing] });
    expect(one && madeWait(one)).toBe(true);
  });

  test('an answer on its date is not late, whatever the hour', () => {
    expect(late(ask('a', { closed: '2026-03-06 23:50', people: [place('dg', '2026-03-06 23:50')] }))).toEqual([]);
  });

  test('a send-back makes wait who has to write again', () => {
    const sent = ask('sent', {
      step: 'roadmap-approval',
      project: 'p-1',
      closed: '2026-03-09 11:00',
      people: [place('pmi', '2026-03-09 11:00')],
    });
    const again = ask('again', { kind: 'document', step: 'roadmap', project: 'p-1', part: null, version: 2, opened: '2026-03-09 11:00' });
    const other = ask('other', { kind: 'document', step: 'roadmap', project: 'p-2', part: null, version: 2, opened: '2026-03-09 11:00' });
    expect(followsOf(sent, [sent, again, other], dateOf)).toEqual({ is: 'waited', asks: [again] });
  });

  test('what had its day waited for nobody', () => {
    const field = ask('field', { kind: 'session', step: 'field', project: 'p-1', part: '2026-03-25', opened: '2026-03-25 18:00' });
    const approved = ask('approved', {
      step: 'roadmap-approval',
      project: 'p-1',
      closed: '2026-03-10',
      people: [place('dg', '2026-03-10')],
    });
    const [one] = late(approved, field);
    expect(one).toMatchObject({ lateDays: 2, follows: { is: 'dated', on: '2026-03-25' } });
    expect(one && madeWait(one)).toBe(false);
  });

  test('of several answers to one thing, only the last makes what follows wait', () => {
    const same = { kind: 'eligibility', step: 'eligibility' } as const;
    const first = ask('first', { ...same, part: 'a-1', closed: '2026-03-09', people: [place('labo', '2026-03-09')] });
    const last = ask('last', { ...same, part: 'a-2', closed: '2026-03-10', people: [place('labo', '2026-03-10')] });
    const next = ask('next', { kind: 'shortlist', step: 'shortlist', part: null, opened: '2026-03-10' });
    expect(followsOf(first, [first, last, next], dateOf)).toEqual({ is: 'others' });
    expect(followsOf(last, [first, last, next], dateOf)).toEqual({ is: 'waited', asks: [next] });
  });

  test('a substitute who answers fills the seat, late or not', () => {
    const seat = { seat: 'dg' };
    const filled = ask('filled', {
      closed: '2026-03-06',
      people: [place('dg', '2026-03-06', { closed: 'not-needed' }), place('dga', '2026-03-06', { ...seat, joined: 'substitute' })],
    });
    expect(late(filled)).toEqual([
      expect.objectContaining({ people: ['dg'], how: 'filled', by: { person: 'dga', as: 'substitute' }, lateDays: 0 }),
    ]);
  });

  test('one coordinator who answers for all is nobody’s substitute', () => {
    const all = [
      place('labo', '2026-03-05', { seat: 'coordinators' }),
      place('inc', '2026-03-05', { seat: 'coordinators', closed: 'not-needed' }),
    ];
    expect(late(ask('a', { closed: '2026-03-05', people: all }))).toEqual([]);
  });

  test('what is never answered makes the coordinators wait until it ends, but for what ends on its day', () => {
    const missed = (id: string, more: Partial<LivedAsk> = {}) =>
      ask(id, { closed: '2026-03-06', outcome: 'none', people: [place('dg', '2026-03-06', { closed: 'missed' })], ...more });
    const decide = ask('decide', { kind: 'decide', opened: '2026-03-06', due: '2026-12-31', people: [place('labo')] });
    const [one] = late(missed('a'), decide);
    expect(one).toMatchObject({ how: 'missed', lateDays: 0, askedDays: 4 });
    expect(one && madeWait(one)).toBe(true);
    const spread = missed('b', { kind: 'relay', step: 'call-open' });
    const [relay] = late(spread, ask('next', { kind: 'eligibility', step: 'eligibility', opened: '2026-03-06' }));
    expect(relay && madeWait(relay)).toBe(false);
  });

  test('a session is told within two working days without being late', () => {
    const session = (answered: string) =>
      ask('s', {
        kind: 'session',
        step: 'field',
        due: '2026-03-04',
        opened: '2026-03-04 18:00',
        closed: answered,
        people: [place('ap', answered)],
      });
    expect(late(session('2026-03-06'))).toEqual([]);
    expect(late(session('2026-03-09'))).toHaveLength(1);
  });

  test('what is still awaited counts until life was stopped, and comes first', () => {
    const open = ask('open', { people: [place('dg')] });
    expect(late(approval, writing, open).map(({ how, people }) => [how, ...people])).toEqual([
      ['open', 'dg'],
      ['late', 'dg'],
    ]);
  });

  test('the slack lost is what went between the due date and the answer, before it says anything', () => {
    const asked: string[] = [];
    const slackAt = (when: number) => {
      asked.push(dateOf(when));
      return when < at('2026-03-07') ? 5 : 3;
    };
    const [one] = lateSeats({ asks: [approval, writing], dateOf, count, endOfDay, until: at('2026-03-11 16:00'), slackAt });
    expect(one?.slack).toEqual({ due: 5, came: 3 });
    expect(one && lostDays(one)).toBe(2);
    expect(asked).toEqual(['2026-03-06', '2026-03-11']);
  });

  test('what lacks, what was sent back and what was decided are told apart', () => {
    const partial = ask('partial', { outcome: 'partial', closed: '2026-03-06', people: [place('a', '2026-03-05'), place('b')] });
    const back = ask('back', { result: 'changes-requested', closed: '2026-03-05' });
    const off = ask('off', { kind: 'session', step: 'field', result: 'no', closed: '2026-03-04' });
    const decided = ask('decided', { kind: 'decide', result: 'move', closed: '2026-03-05' });
    const all = [partial, back, off, decided];
    expect(lackingAsks(all)).toEqual([{ ask: partial, seats: 2, filled: 1 }]);
    expect(setbacks(all).map(({ id }) => id)).toEqual(['off', 'back']);
    expect(decisions(all)).toEqual([decided]);
  });
});

describe('mails per week', () => {
  const mail = (on: string, asks = true, person = 'dg') => ({ on, person, asks });

  test('a week begins on its Monday, and none is left out', () => {
    expect(['2026-03-02', '2026-03-08', '2026-03-09'].map(mondayOf)).toEqual(['2026-03-02', '2026-03-02', '2026-03-09']);
    expect(mailWeeks([mail('2026-03-04'), mail('2026-03-20')], ['dg']).weeks).toEqual(['2026-03-02', '2026-03-09', '2026-03-16']);
  });

  test('more than three mails that ask in one week are a peak; receipts are counted and make none', () => {
    const three = ['2026-03-02', '2026-03-04', '2026-03-06'].map((on) => mail(on));
    const receipts = [mail('2026-03-05', false), mail('2026-03-06', false)];
    expect(mailWeeks([...three, ...receipts], ['dg']).peaks).toEqual([]);
    const { peaks, rows, totals } = mailWeeks(
      [...three, ...receipts, mail('2026-03-08'), mail('2026-03-08', true, 'pmi')],
      ['dg', 'pmi', 'nobody'],
    );
    expect(peaks).toEqual([{ person: 'dg', week: '2026-03-02', asking: 4, mails: 6 }]);
    expect(rows.map(({ mails, asking, peaks: n }) => [mails, asking, n])).toEqual([
      [6, 4, 1],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    expect(totals).toEqual([7]);
  });
});

describe('sittings', () => {
  const sitting = { date: '2026-06-16', fileBy: '2026-06-12' };
  const step = { id: 'outcome-approval', phase: 'evaluation', slackWorkingDays: 3, critical: true } as const;
  const span = { start: '2026-06-01', finish: '2026-06-16' };
  const plan: Plan = {
    edition: 'e',
    start: '2026-01-05',
    target: '2026-06-26',
    feasible: true,
    slackWorkingDays: 3,
    problems: [],
    steps: [{ ...step, earliest: span, latest: span, session: { body: 'bureau', earliest: sitting, latest: sitting } }],
  };
  const fact = (project: string, on: string, ...items: string[]) => ({ what: 'sitting', step: step.id, project, recorded_on: on, items });

  test('a sitting is reached by the last that keeps the target, and missed after it or when none is left', () => {
    const rows = sittingRows({
      plan,
      facts: [fact('p-1', '2026-06-09', '2026-05-19'), fact('p-2', '2026-06-15', '2026-07-21'), fact('p-3', '2026-06-20')],
      asks: [{ kind: 'sitting', step: step.id, project: 'p-1', part: '2026-05-19', result: 'adopted' }],
      projects: () => ['p-1', 'p-2', 'p-3', 'p-4'],
    });
    expect(rows.map(({ project, is }) => [project, is])).toEqual([
      ['p-1', 'reached'],
      ['p-2', 'missed'],
      ['p-3', 'missed'],
      ['p-4', 'none'],
    ]);
    expect(rows[0]).toMatchObject({
      body: 'bureau',
      aimed: sitting,
      readyOn: '2026-06-09',
      went: [{ date: '2026-05-19', result: 'adopted' }],
    });
  });

  test('an adjourned file went to both sittings', () => {
    const [row] = sittingRows({
      plan,
      facts: [fact('p-1', '2026-05-10', '2026-05-19'), fact('p-1', '2026-05-20', '2026-06-16')],
      asks: [{ kind: 'sitting', step: step.id, project: 'p-1', part: '2026-05-19', result: 'adjourned' }],
      projects: () => ['p-1'],
    });
    expect(row?.went).toEqual([
      { date: '2026-05-19', result: 'adjourned' },
      { date: '2026-06-16', result: null },
    ]);
  });

  test('a step that ended after its latest date says by how much, project by project', () => {
    const lived = [
      { step: step.id, project: 'p-1', started: '2026-05-01', finished: '2026-06-15' },
      { step: step.id, project: 'p-2', started: '2026-05-04', finished: '2026-06-18' },
    ];
    expect(stepRows(plan, lived, count)[0]?.lived.map(({ leftWorkingDays }) => leftWorkingDays)).toEqual([1, -2]);
    expect(livedTogether(lived)).toEqual({ 'outcome-approval': { start: '2026-05-01', finish: '2026-06-18' } });
    const running = { step: step.id, project: 'p-3', started: '2026-05-05', finished: null };
    expect(livedTogether([...lived, running])[step.id]?.finish).toBeNull();
  });
});

test('the verdict counts the working days after the target, and knows an end without restitution', () => {
  const restitution = (finished: string | null) => [{ step: 'restitution', project: null, started: '2026-06-26', finished } as const];
  const verdict = (finished: string | null, more = {}) =>
    verdictOf({ target: '2026-06-26', lived: restitution(finished), facts: [], ...more }, count);
  expect(verdict('2026-06-26')).toEqual({ is: 'restituted', on: '2026-06-26', lateWorkingDays: 0 });
  expect(verdict('2026-06-30')).toMatchObject({ lateWorkingDays: 2 });
  expect(verdict(null, { stoppedOn: '2029-01-05' })).toEqual({ is: 'stopped', on: '2029-01-05' });
  expect(verdict(null, { facts: [{ what: 'edition-ended', recorded_on: '2026-03-03' }] })).toEqual({ is: 'ended', on: '2026-03-03' });
});

test('a mail is called by what it asks: request, reminder, announcement, alert', () => {
  const asks = new Map([
    ['s', ask('s', { kind: 'session', step: 'field' })],
    ['a', ask('a', { people: [place('dg'), place('dga', undefined, { seat: 'dg', joined: 'substitute' })] })],
  ]);
  const kinds = (person: string, ...items: { ask: string; rung: string; about?: string }[]) =>
    kindsOf({ template: 'asks', person, asks: items }, asks);
  expect(kinds('dg', { ask: 'a', rung: 'due' }, { ask: 's', rung: 'opening' })).toEqual(['request', 'reminder']);
  expect(kinds('dg', { ask: 's', rung: 'before-2' })).toEqual(['announcement']);
  expect(kinds('dga', { ask: 'a', rung: 'late-2' })).toEqual(['standin']);
  expect(kinds('labo', { ask: 'a', rung: 'late-2', about: 'dg' })).toEqual(['escalation']);
  expect(kindsOf({ template: 'risk', person: 'labo', asks: [] }, asks)).toEqual(['information']);
});

test('a violation names its mails, and what was wrong with them', () => {
  expect(
    blameOf(
      '2026-01-15T09:00+01:00 person=dg mail=<a@t> ask=x rung=due over=2026-01-14T10:00+01:00; 2026-01-16T09:00+01:00 person=dg mail=<b@t> ask=x rung=due',
    ),
  ).toEqual({ mails: ['<a@t>', '<b@t>'], over: '2026-01-14T10:00+01:00' });
  expect(blameOf('2026-01-15T09:00+01:00 person=dg mail=<a@t> ask=x rung=due lacks=link:plain,link:html')).toEqual({
    mails: ['<a@t>'],
    lacks: ['link'],
  });
});

test('an mbox keeps each mail apart, whatever its lines begin with', () => {
  const bytes = 'Subject: a\r\n\r\nFrom here on\r\n>From there\r\nfrom nowhere';
  expect(
    mbox([
      { at: Date.UTC(2026, 2, 5, 8, 0, 9), bytes },
      { at: 0, bytes: '' },
    ]),
  ).toBe('From MAILER-DAEMON Thu Mar  5 08:00:09 2026\nSubject: a\n\n>From here on\n>>From there\nfrom nowhere\n\n');
});

test('people are listed by role, then by name as one counts', () => {
  const person = (id: string, role: string, name: string) => ({ id, role, name });
  const people = [
    person('r10', 'relay', 'Relais 10'),
    person('r2', 'relay', 'Relais 2'),
    person('x', 'applicant', 'Zoé'),
    person('c', 'coordinator', 'Labo'),
  ];
  expect(peopleInOrder(people)).toEqual(['c', 'x', 'r2', 'r10']);
});

test('French words are set with the spaces French has', () => {
  expect(setFrench('Prêt ? « Oui » : demain ; sinon !')).toBe('Prêt\u202f? «\u00a0Oui\u00a0»\u00a0: demain\u202f; sinon\u202f!');
});
