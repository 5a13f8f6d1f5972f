import { expect, test } from '@jest/globals';
import { calendarOf } from '../../domain/calendar.js';
import type { LivedAsk } from '../../rehearsal/record.js';
import { inputsAt, slackWeeks } from '../../rehearsal/report/slack.js';
import type { FactRow } from '../../store/facts.js';
import type { ProjectRow } from '../../store/projects.js';

const calendar = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
const at = (when: string) => calendar.instantAt(when.slice(0, 10), when.slice(11) || '10:00');

const ask = (more: Partial<LivedAsk> & Pick<LivedAsk, 'kind' | 'step'> & { opened: string }): LivedAsk => ({
  id: `${more.step}.${more.version ?? 1}.${more.part ?? '-'}`,
  project: 'p-1',
  part: null,
  version: 1,
  generation: 1,
  opensAt: at(more.opened),
  openedAt: at(more.opened),
  due: '2026-12-31',
  endsAt: null,
  outcome: null,
  closedAt: null,
  closedOn: null,
  result: null,
  people: [],
  ...more,
});
const fact = (what: string, step: FactRow['step'], on: string, more: Partial<FactRow> = {}): FactRow => ({
  id: `${what}.${step}.${on}`,
  what,
  step,
  generation: 1,
  project: 'p-1',
  version: 1,
  recorded_at: new Date(at(on)),
  recorded_on: on.slice(0, 10),
  outcome: null,
  items: null,
  ...more,
});
const project: ProjectRow = {
  id: 'p-1',
  application: 'a-1',
  title: 'Un projet',
  need: 'n',
  applicant: 'ap',
  directorate: 'd',
  status: 'ended',
  outcome: 'agreement',
  ended_on: '2026-06-01',
};

const record = {
  projects: [project],
  lived: [{ step: 'roadmap', project: 'p-1', version: 2, started: '2026-03-10', day1: '2026-03-12' }] as const,
  facts: [
    fact('projects', 'selection-approval', '2026-02-20', { project: null, items: ['p-1'] }),
    fact('finished', 'roadmap', '2026-03-06', { outcome: 'complete' }),
    fact('sessions', 'field', '2026-03-20', { items: ['2026-03-25', '2026-04-01'] }),
  ],
  asks: [
    ask({ kind: 'document', step: 'roadmap', opened: '2026-02-23' }),
    ask({ kind: 'approve', step: 'roadmap-approval', part: '1', opened: '2026-03-06' }),
    ask({ kind: 'document', step: 'roadmap', version: 2, opened: '2026-03-10' }),
    ask({ kind: 'session', step: 'field', part: '2026-03-25', opened: '2026-03-25 18:00' }),
    ask({ kind: 'decide', step: 'field', part: 'session-2026-03-25', opened: '2026-03-26', closedAt: at('2026-03-27'), result: 'move' }),
    ask({ kind: 'session', step: 'field', part: '2026-04-08', generation: 2, opened: '2026-04-08 18:00' }),
  ],
};
const known = (when: string) => inputsAt({ ...record, lived: [...record.lived] }, at(when), calendar);

test('a project is known once it is one, and runs until it has ended', () => {
  expect(known('2026-02-19').projects).toEqual([]);
  expect(known('2026-02-23').projects).toEqual([{ ...project, status: 'running', outcome: null, ended_on: null }]);
  expect(known('2026-06-02').projects).toEqual([project]);
});

test('a step that was sent back was over once, and is not any more', () => {
  const roadmap = (when: string) => known(when).lived.find(({ step }) => step === 'roadmap');
  expect(roadmap('2026-03-05')).toMatchObject({ version: 1, started: '2026-02-23', day1: '2026-02-24' });
  expect(roadmap('2026-03-05')?.finished).toBeUndefined();
  expect(roadmap('2026-03-09')).toMatchObject({ version: 1, finished: '2026-03-06' });
  expect(roadmap('2026-03-11')).toEqual({ step: 'roadmap', project: 'p-1', version: 2, started: '2026-03-10', day1: '2026-03-12' });
  expect(known('2026-03-11').lived.map(({ step }) => step)).toEqual(['roadmap']); // the approval was of the first version
});

test('a session counts on its first day until it is moved, then on the other', () => {
  expect(known('2026-03-19').sessions.get('p-1')).toBeUndefined();
  expect(known('2026-03-26').sessions.get('p-1')).toEqual(['2026-03-25', '2026-04-01']);
  expect(known('2026-03-28').sessions.get('p-1')).toEqual(['2026-04-01', '2026-04-08']);
});

test('the slack is looked at each Monday evening, the first day in place of the first Monday', () => {
  const slackAt = (when: number) => (calendar.dateOf(when) === '2026-03-09' ? -2 : 4);
  const { weeks, least } = slackWeeks(slackAt, { first: '2026-03-04', last: '2026-03-16', endOfDay: calendar.endOfDay });
  expect(weeks).toEqual([
    { on: '2026-03-02', slackWorkingDays: 4 },
    { on: '2026-03-09', slackWorkingDays: -2 },
    { on: '2026-03-16', slackWorkingDays: 4 },
  ]);
  expect(least).toEqual({ on: '2026-03-09', slackWorkingDays: -2 });
});
