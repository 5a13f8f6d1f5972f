import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenPlace } from '../../rehearsal/people.js';
import { verifyChain } from '../../store/chain.js';
import { untoldOf } from '../../store/untold.js';
import type { Chronicle } from '../support/chronicle.js';
import { fetchHistory, recordHistory } from '../support/history.js';
import { clearStage, play, type Scene, type Small } from '../support/small.js';
import { wordsIn, wordsOf } from '../support/words.js';

const nextDay = { afterWorkingDays: 1, time: '14:30' };
const except = (silent: (place: OpenPlace) => boolean) => (place: OpenPlace) =>
  silent(place) ? undefined : place.kind === 'score' ? { afterWorkingDays: 0, time: '14:30' } : nextDay;
const choose = (choice: string, more = {}) => ({ answer: { choice, reason: 'Parce que.', ...more } });

const scenes = {
  refusedRoadmap: {
    deed: ({ ask }) =>
      ask.kind === 'approve' && ask.step === 'roadmap-approval' ? { answer: { decision: 'refused', remarks: 'Hors sujet.' } } : undefined,
  },
  notHeld: {
    when: except(({ step }) => step === 'impact-analysis'),
    deed: ({ ask }) => {
      if (ask.kind === 'session' && ask.part === '2026-02-04') return { answer: { held: 'no' } };
      return ask.kind === 'decide' ? choose('move', { date: '2026-02-19' }) : undefined;
    },
  },
  roadmapLacking: {
    change: (file) => {
      file.target = '2026-03-27';
      file.selection.retained = { min: 2, max: 2 };
    },
    when: except(({ step, kind, project }) => (step === 'roadmap' && kind === 'document' && project === 'p-02') || step === 'field'),
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('drop-project') : undefined),
  },
  adjourned: {
    when: except(({ step }) => step === 'restitution'),
    deed: ({ ask }) =>
      ask.kind === 'sitting'
        ? { answer: { decision: ask.part === '2026-03-24' ? 'adjourned' : 'rejected', remarks: 'Budget.' } }
        : undefined,
  },
  noSittingLeft: {
    change: (file) => {
      const { bureau } = file.territory.sessions;
      if (bureau !== undefined) bureau.dates = ['2026-02-12'];
    },
    when: except(({ step }) => step === 'restitution'),
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('go-on') : undefined),
  },
  noEvaluator: {
    change: (file) => {
      file.people = file.people.filter((person) => person.role !== 'evaluator');
    },
    when: except(({ step }) => step === 'outcome-approval'),
  },
  endedEarly: {
    change: (file) => {
      file.target = '2026-03-27';
      file.selection.retained = { min: 2, max: 2 };
    },
    when: except(
      ({ step, kind, project }) => (step === 'roadmap' && kind === 'document' && project === 'p-01') || step === 'impact-analysis',
    ),
    deed: ({ ask }) => (ask.kind === 'decide' ? choose('end-edition') : undefined),
  },
} satisfies Record<string, Small>;

const on: Record<string, Scene> = {};
beforeAll(async () => {
  await Promise.all(Object.entries(scenes).map(async ([name, small]) => Object.assign(on, { [name]: await play(small) })));
});
afterAll(clearStage);
const scene = (name: keyof typeof scenes): Scene => {
  const found = on[name];
  if (found === undefined) throw new Error(`no scene ${name}`);
  return found;
};
const asked = (told: Chronicle, ...steps: string[]) =>
  told.asks
    .filter((ask) => steps.includes(ask.step))
    .map(({ id, openedAt, due, closedOn, outcome, result }) =>
      [id.slice('small.'.length), told.local(openedAt), due, closedOn, outcome, result].filter((word) => word !== null).join(' '),
    );
const finished = (step: string) => (told: Chronicle) => told.facts.some((f) => f.what === 'finished' && f.step === step);

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

  test('whose session was not held has it moved by a coordinator, to a day of their choice', async () => {
    const told = await scene('notHeld').until(
      (now) => finished('field')(now) && now.sentTo('applicant-01').at(-1) === '2026-02-20 14:30 receipt',
    );
    expect(asked(told, 'field')).toEqual([
      'field.session.p-01.v1.2026-02-04.g1 2026-02-04 18:00 2026-02-04 2026-02-05 complete no',
      'field.decide.p-01.v1.session-2026-02-04.g1 2026-02-05 14:30 2026-02-12 2026-02-06 complete move',
      'field.session.p-01.v1.2026-02-11.g1 2026-02-11 18:00 2026-02-11 2026-02-12 complete yes',
      'field.session.p-01.v1.2026-02-19.g2 2026-02-19 18:00 2026-02-19 2026-02-20 complete yes',
    ]);
    expect(told.finished('p-01').at(-1)).toBe('field 2026-02-20 complete');
    expect(told.sentTo('applicant-01').slice(-3)).toEqual([
      '2026-02-17 09:00 before-2 field/session p-01:2026-02-19:g2',
      '2026-02-19 18:00 opening field/session p-01:2026-02-19:g2',
      '2026-02-20 14:30 receipt',
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

describe('a sitting', () => {
  test('adjourned goes to the next one; rejected, the project ends', async () => {
    const told = await scene('adjourned').until(({ projects }) => projects.some((p) => p.outcome !== null));
    expect(asked(told, 'outcome-approval').slice(-2)).toEqual([
      'outcome-approval.sitting.p-01.v1.2026-03-24.g1 2026-03-24 09:00 2026-03-24 2026-03-25 complete adjourned',
      'outcome-approval.sitting.p-01.v1.2026-04-21.g1 2026-04-21 09:00 2026-04-21 2026-04-22 complete rejected',
    ]);
    expect(told.projects).toMatchObject([{ outcome: 'end', ended_on: '2026-04-22' }]);
  });

  test('that is not to be had any more is for the coordinators to do without', async () => {
    const told = await scene('noSittingLeft').until(({ projects }) => projects.some((p) => p.outcome !== null));
    expect(asked(told, 'outcome-approval').at(-1)).toBe(
      'outcome-approval.decide.p-01.v1.no-sitting.g1 2026-02-18 14:30 2026-02-25 2026-02-19 complete go-on',
    );
    expect(told.projects).toMatchObject([{ outcome: 'agreement', ended_on: '2026-02-19' }]);
  });
});

describe('an edition', () => {
  test('without an evaluator skips the impact analysis, shows it, and reports without that part', async () => {
    const told = await scene('noEvaluator').until(({ asks }) => asks.some((ask) => ask.kind === 'proposal'));
    expect(asked(told, 'impact-analysis', 'evaluation')).toEqual([
      'evaluation.report.p-01.v1.-.g1 2026-02-12 14:30 2026-02-17 2026-02-13 complete',
    ]);
    expect(told.finished('p-01').slice(-2)).toEqual(['impact-analysis 2026-02-12 skipped', 'evaluation 2026-02-13 complete']);
    expect(
      told.asks
        .find((ask) => ask.kind === 'report')
        ?.people.map((p) => p.seat)
        .sort(),
    ).toEqual(['applicant', 'directorate']);
  });

  test('that is ended early cancels what is open, says so once to each, and asks nothing more', async () => {
    const told = await scene('endedEarly').toTheEnd();
    const endedAt = told.journal.find((entry) => entry.verb === 'fact.edition-ended')?.at ?? 0;
    expect([told.status, told.local(endedAt)]).toEqual(['cancelled', '2026-02-27 14:30']);
    expect(told.asks.filter((ask) => ask.outcome === null)).toEqual([]);
    const cancelled = told.asks.filter((ask) => ask.outcome === 'cancelled');
    expect(cancelled.map(({ step, project }) => [step, project])).toEqual([['impact-analysis', 'p-02']]);
    const after = told.mails.filter((mail) => mail.at >= endedAt);
    expect(new Set(after.map((mail) => mail.template))).toEqual(new Set(['receipt', 'ended']));
    const farewells = after.filter((mail) => mail.template === 'ended').map((mail) => mail.person);
    expect(new Set(farewells).size).toBe(farewells.length);
  });
});

test('tells everything in the journal once, without a word of anybody, however it ends', async () => {
  for (const [name, { store, edition, told }] of Object.entries(on)) {
    const [untold, { ok }, words] = [
      await untoldOf(store.pool, edition.id),
      await verifyChain(store.pool, edition.id),
      await wordsOf(store, edition.id),
    ];
    expect([name, untold, ok, wordsIn((await told()).journal, words)]).toEqual([name, [], true, []]);
  }
});

test('keeps every guarantee, whatever goes wrong', async () => {
  for (const name of Object.keys(on)) {
    const told = await on[name]?.told();
    expect([name, told?.guarantees.flatMap((g) => g.violations), told?.incidents]).toEqual([name, [], []]);
  }
  for (const name of ['notHeld', 'endedEarly', 'adjourned'] as const)
    recordHistory('cohort', name, await fetchHistory(scene(name).client, scene(name).workflowId));
});
