import { describe, expect, test } from '@jest/globals';
import type { OpenPlace } from '../../rehearsal/people.js';
import type { Chronicle } from '../support/chronicle.js';
import { playAll } from '../support/scenes.js';
import { promptly, type Small, smallEdition } from '../support/small.js';

const nextDay = { afterWorkingDays: 1, time: '14:30' };
/** Everybody answers the next working day, but those who do not; what comes after a step is left alone. */
const except = (silent: (place: OpenPlace) => boolean) => (place: OpenPlace) =>
  silent(place) ? undefined : place.kind === 'score' ? { afterWorkingDays: 0, time: '14:30' } : nextDay;
const choose = (choice: string) => ({ answer: { choice, reason: 'Parce que.' } });
const tight = (file: { target: string }) => {
  file.target = '2026-03-27'; // the sitting of 24 March, and not a day to lose
};
const { edition } = smallEdition();

const scenes = {
  silence: {
    change: tight,
    when: (place) => {
      if (place.kind === 'interview') return place.generation === 1 ? undefined : { workingDaysAfterDue: 1, time: '14:30' };
      return place.step === 'diagnosis' ? undefined : nextDay;
    },
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('extend') : undefined),
  },
  refusal: {
    when: (place) => {
      if (place.kind === 'decide') return { afterWorkingDays: 2, time: '14:30' }; // their word comes days after the refusal
      return place.step === 'call-writing' ? undefined : nextDay;
    },
    deed: ({ ask }) => {
      if (ask.kind === 'approve' && ask.version === 1) return { answer: { decision: 'refused', remarks: 'Trop vague.' } };
      return ask.kind === 'decide' ? choose('extend') : undefined;
    },
  },
  undecided: {
    change: tight,
    when: except(({ kind, step }) => kind === 'approve' || step === 'call-writing'),
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('in-place') : undefined),
  },
  nobodyApplies: {
    when: except(({ step }) => step === 'shortlist'),
    applicants: promptly(2, edition).map((applicant) => ({ ...applicant, inCall: 2 })),
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('extend') : undefined),
  },
  noJury: {
    change: tight,
    when: except(({ step }) => step === 'call-open' || step === 'eligibility'),
    deed: ({ ask, person }) => {
      if (ask.kind === 'seat' && person.id === 'transports') return { answer: { seat: 'no' } };
      return ask.kind === 'decide' ? choose(ask.generation === 1 ? 'extend' : 'go-on') : undefined;
    },
  },
  coordinatorLate: { when: except(({ step }) => step === 'diagnosis') },
  silentAtThePitch: {
    change: (file) => {
      tight(file);
      file.selection.jury = ['direction', 'transports', 'coordo'];
    },
    when: except(
      ({ kind, person, step }) =>
        (kind === 'prepare' && person === 'applicant-02') || (kind === 'interests' && person === 'direction') || step === 'introductions',
    ),
  },
} satisfies Record<string, Small>;

const { scene } = playAll(scenes);
const ended = (told: Chronicle, step: string) => told.facts.some((f) => f.what === 'finished' && f.step === step);
/** Asks of a step, a line each: which, when it opened, by when it was due, when and how it ended. */
const asked = (told: Chronicle, ...steps: string[]) =>
  told.asks
    .filter((ask) => steps.includes(ask.step))
    .map(({ id, openedAt, due, closedOn, outcome, result }) =>
      [id.slice('small.'.length), told.local(openedAt), due, closedOn, outcome, result].filter((word) => word !== null).join(' '),
    );
const holders = (told: Chronicle, kind: string) =>
  Object.fromEntries((told.asks.findLast((ask) => ask.kind === kind)?.people ?? []).map((p) => [p.person, p.closed]));

describe('what is lacking goes to the coordinators', () => {
  test('an interview nobody answers: extended, it is asked again with a full ladder', async () => {
    const told = await scene('silence').until((now) => now.sentTo('mairie').at(-1)?.endsWith('receipt') ?? false);
    expect(asked(told, 'interviews')).toEqual([
      'interviews.interview.-.v1.-.g1 2026-01-05 09:00 2026-01-09 2026-01-14 none',
      'interviews.decide.-.v1.interview.g1 2026-01-15 00:00 2026-01-22 2026-01-16 complete extend',
      'interviews.interview.-.v1.-.g2 2026-01-16 14:30 2026-01-23 2026-01-26 complete',
    ]);
    expect(told.sentTo('mairie')).toEqual([
      '2026-01-05 09:00 opening interviews/interview',
      '2026-01-07 09:00 before-2 interviews/interview',
      '2026-01-09 09:00 due interviews/interview',
      '2026-01-13 09:00 late-2 interviews/interview',
      '2026-01-16 14:30 opening interviews/interview g2',
      '2026-01-21 09:00 before-2 interviews/interview g2',
      '2026-01-23 09:00 due interviews/interview g2',
      '2026-01-26 14:30 receipt',
    ]);
    expect(told.sentTo('coordo').slice(0, 3)).toEqual([
      '2026-01-13 09:00 late-2 interviews/interview (mairie) + late-2 interviews/interview (transports)',
      '2026-01-15 09:00 opening interviews/decide interview',
      '2026-01-15 09:00 risk',
    ]);
    expect(told.guarantees.flatMap((g) => g.violations)).toEqual([]);
  });

  test('a refused diagnosis: extended, a next version is written after their word and goes round anew', async () => {
    const told = await scene('refusal').until((now) => ended(now, 'diagnosis-approval'));
    expect(asked(told, 'diagnosis', 'diagnosis-approval')).toEqual([
      'diagnosis.document.-.v1.-.g1 2026-01-06 14:30 2026-01-08 2026-01-07 complete',
      'diagnosis-approval.approve.-.v1.1.g1 2026-01-07 14:30 2026-01-09 2026-01-08 complete refused',
      'diagnosis-approval.decide.-.v1.refused.g1 2026-01-08 14:30 2026-01-15 2026-01-12 complete extend',
      'diagnosis.document.-.v2.-.g1 2026-01-12 14:30 2026-01-19 2026-01-13 complete',
      'diagnosis-approval.approve.-.v2.1.g1 2026-01-13 14:30 2026-01-15 2026-01-14 complete approved',
    ]);
  });

  test('an undecided circuit: decided in place, in their name', async () => {
    const told = await scene('undecided').until((now) => ended(now, 'diagnosis-approval'));
    expect(asked(told, 'diagnosis-approval')).toEqual([
      'diagnosis-approval.approve.-.v1.1.g1 2026-01-07 14:30 2026-01-09 2026-01-20 none',
      'diagnosis-approval.decide.-.v1.approve-1.g1 2026-01-21 00:00 2026-01-28 2026-01-22 complete in-place',
    ]);
    expect(told.finished().at(-1)).toBe('diagnosis-approval 2026-01-22 approved');
    expect(told.journal.find((entry) => entry.detail?.decision === 'in-place')?.actor).toBe('coordo');
    expect(told.sentTo('adjointe')).toEqual(['2026-01-13 09:00 late-2 diagnosis-approval/approve 1']);
  });

  test('no application: the call is opened again, to relays too, and a draft is still one', async () => {
    const told = await scene('nobodyApplies').until((now) => ended(now, 'eligibility'));
    expect(asked(told, 'call-open', 'eligibility')).toEqual([
      'call-open.apply.-.v1.-.g1 2026-01-09 14:30 2026-01-19 2026-01-19 none',
      'call-open.relay.-.v1.-.g1 2026-01-09 14:30 2026-01-19 2026-01-12 complete',
      'call-open.decide.-.v1.apply.g1 2026-01-20 00:00 2026-01-27 2026-01-21 complete extend',
      'call-open.apply.-.v1.-.g2 2026-01-21 14:30 2026-01-28 2026-01-28 complete',
      'call-open.relay.-.v1.-.g2 2026-01-21 14:30 2026-01-28 2026-01-22 complete',
      'eligibility.eligibility.-.v1.a-01.g2 2026-01-29 00:00 2026-01-30 2026-01-30 complete yes',
      'eligibility.eligibility.-.v1.a-02.g2 2026-01-29 00:00 2026-01-30 2026-01-30 complete yes',
    ]);
    expect(told.finished().slice(-2)).toEqual(['call-open 2026-01-28 complete', 'eligibility 2026-01-30 complete']);
    expect(told.sentTo('applicant-01')).toEqual([
      '2026-01-12 10:10 link',
      '2026-01-15 09:00 before-2 call-open/apply',
      '2026-01-19 09:00 due call-open/apply',
      '2026-01-23 11:10 receipt',
    ]);
  });

  test('fewer than two jurors: asked again, only who said no; then it goes on with who there is', async () => {
    const told = await scene('noJury').until((now) => ended(now, 'jury'));
    expect(asked(told, 'jury')).toEqual([
      'jury.seat.-.v1.-.g1 2026-01-09 14:30 2026-01-14 2026-01-12 complete',
      'jury.decide.-.v1.seat.g1 2026-01-12 14:30 2026-01-19 2026-01-13 complete extend',
      'jury.seat.-.v1.-.g2 2026-01-13 14:30 2026-01-16 2026-01-14 complete',
      'jury.decide.-.v1.seat.g2 2026-01-14 14:30 2026-01-21 2026-01-15 complete go-on',
    ]);
    expect(holders(told, 'seat')).toEqual({ transports: 'declined' });
  });
});

test('what the coordinators themselves owe escalates to the executive', async () => {
  const told = await scene('coordinatorLate').until((now) => now.sentTo('direction').length === 2);
  expect(told.sentTo('direction')).toEqual([
    '2026-01-12 09:00 late-2 diagnosis/document (coordo)',
    '2026-01-15 09:00 late-5 diagnosis/document (coordo)',
  ]);
  expect(asked(told, 'diagnosis')).toEqual(['diagnosis.document.-.v1.-.g1 2026-01-06 14:30 2026-01-08']);
});

test('a silent applicant is told out, and a silent juror does not score: who answered in their place does', async () => {
  const told = await scene('silentAtThePitch').until((now) => now.projects.length > 0 && now.mails.some((m) => m.template === 'letter'));
  expect(holders(told, 'prepare')).toEqual({ 'applicant-01': 'answered', 'applicant-02': 'missed' });
  expect(told.sentTo('applicant-02').slice(-2)).toEqual(['2026-01-29 09:00 late-2 pitch-preparation/prepare', '2026-02-10 09:00 told-out']);
  expect(told.mails.filter((m) => m.template === 'letter').map((m) => m.person)).toEqual(['applicant-01']);
  expect(holders(told, 'interests')).toEqual({ adjointe: 'answered', direction: 'not-needed', coordo: 'answered', transports: 'answered' });
  expect(holders(told, 'score')).toEqual({ adjointe: 'answered', coordo: 'answered', transports: 'answered' });
});
