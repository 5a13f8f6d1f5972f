import { describe, expect, test } from '@jest/globals';
import type { OpenPlace } from '../../rehearsal/people.js';
import type { Chronicle } from '../support/chronicle.js';
import { playAll } from '../support/scenes.js';
import type { Small } from '../support/small.js';
import { faultsOf } from '../support/whole.js';

const nextDay = { afterWorkingDays: 1, time: '14:30' };
const except = (silent: (place: OpenPlace) => boolean) => (place: OpenPlace) =>
  silent(place) ? undefined : place.kind === 'score' ? { afterWorkingDays: 0, time: '14:30' } : nextDay;
const choose = (choice: string, more = {}) => ({ answer: { choice, reason: 'Parce que.', ...more } });

const scenes = {
  refusedRoadmap: {
    deed: ({ ask }) =>
      ask.kind === 'approve' && ask.step === 'roadmap-approval' ? { answer: { decision: 'refused', remarks: 'Hors sujet.' } } : undefined,
  },
  roadmapLacking: {
    change: (file) => {
      file.target = '2026-03-27';
      file.selection.retained = { min: 2, max: 2 };
    },
    when: except(({ step, kind, project }) => (step === 'roadmap' && kind === 'document' && project === 'p-02') || step === 'field'),
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('drop-project') : undefined),
  },
  // no evaluator, and one sitting, which is past when the outcome would go to it
  alone: {
    change: (file) => {
      file.people = file.people.filter((person) => person.role !== 'evaluator');
      const { bureau } = file.territory.sessions;
      if (bureau !== undefined) bureau.dates = ['2026-02-12'];
    },
    when: except(({ step }) => step === 'restitution'),
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('go-on') : undefined),
  },
} satisfies Record<string, Small>;

const { on, scene } = playAll(scenes);
const asked = (told: Chronicle, ...steps: string[]) =>
  told.asks
    .filter((ask) => steps.includes(ask.step))
    .map(({ id, openedAt, due, closedOn, outcome, result }) =>
      [id.slice('small.'.length), told.local(openedAt), due, closedOn, outcome, result].filter((word) => word !== null).join(' '),
    );

describe('a project', () => {
  test('whose roadmap is refused does not start, and the edition goes on to its restitution', async () => {
    const told = await scene('refusedRoadmap').toTheEnd();
    expect(asked(told, 'roadmap-approval', 'field')).toEqual([
      'roadmap-approval.approve.p-01.v1.1.g1 2026-01-30 14:30 2026-02-03 2026-02-02 complete refused',
    ]);
    expect(told.projects).toMatchObject([{ id: 'p-01', status: 'ended', outcome: 'not-started', ended_on: '2026-02-02' }]);
    expect([told.status, ...asked(told, 'restitution')]).toEqual([
      'closed',
      'restitution.document.-.v1.-.g1 2026-06-26 09:00 2026-06-26 2026-06-29 complete',
    ]);
  });

  test('whose roadmap is lacking is dropped, while the other goes on', async () => {
    const told = await scene('roadmapLacking').until(({ projects }) => projects.some((p) => p.outcome === 'dropped'));
    expect(told.projects).toMatchObject([
      { id: 'p-01', outcome: null },
      { id: 'p-02', outcome: 'dropped', ended_on: '2026-02-27' },
    ]);
    expect(asked(told, 'roadmap').slice(1)).toEqual([
      'roadmap.document.p-02.v1.-.g1 2026-01-29 14:30 2026-02-03 2026-02-25 none',
      'roadmap.decide.p-02.v1.document.g1 2026-02-26 00:00 2026-03-05 2026-02-27 complete drop-project',
    ]);
    expect(told.asks.some((ask) => ask.project === 'p-02' && ask.outcome === null)).toBe(false);
    expect(told.asks.filter((ask) => ask.kind === 'session').map((ask) => ask.project)).toEqual(['p-01', 'p-01']);
  });

  test('whose session nobody reports on ends five working days after, and goes to the coordinators', async () => {
    const told = await scene('roadmapLacking').until(({ asks }) => asks.filter((a) => a.step === 'field').length === 4);
    expect(asked(told, 'field')).toEqual([
      'field.session.p-01.v1.2026-02-04.g1 2026-02-04 18:00 2026-02-04 2026-02-11 none',
      'field.session.p-01.v1.2026-02-11.g1 2026-02-11 18:00 2026-02-11 2026-02-18 none',
      'field.decide.p-01.v1.session-2026-02-04.g1 2026-02-12 00:00 2026-02-19',
      'field.decide.p-01.v1.session-2026-02-11.g1 2026-02-19 00:00 2026-02-26',
    ]);
  });
});

test('an edition without an evaluator skips the impact analysis, shows it, and reports without that part', async () => {
  const told = await scene('alone').until(({ asks }) => asks.some((ask) => ask.kind === 'proposal'));
  expect(asked(told, 'impact-analysis', 'evaluation')).toEqual([
    'evaluation.report.p-01.v1.-.g1 2026-02-12 14:30 2026-02-17 2026-02-13 complete',
  ]);
  expect(told.finished('p-01')).toEqual(expect.arrayContaining(['impact-analysis 2026-02-12 skipped', 'evaluation 2026-02-13 complete']));
  expect(
    told.asks
      .find((ask) => ask.kind === 'report')
      ?.people.map((p) => p.seat)
      .sort(),
  ).toEqual(['applicant', 'directorate']);
});

test('a sitting that is not to be had any more is for the coordinators to do without', async () => {
  const told = await scene('alone').until(({ projects }) => projects.some((p) => p.outcome !== null));
  expect(asked(told, 'outcome-approval').at(-1)).toBe(
    'outcome-approval.decide.p-01.v1.no-sitting.g1 2026-02-17 14:30 2026-02-24 2026-02-18 complete go-on',
  );
  expect(told.projects).toMatchObject([{ outcome: 'agreement', ended_on: '2026-02-18' }]);
});

test('all is told in the journal once, without a word of anybody, and every guarantee is kept', async () => {
  for (const [name, life] of Object.entries(on)) expect([name, await faultsOf(life)]).toEqual([name, []]);
});
