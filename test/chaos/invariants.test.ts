import { describe, expect, test } from '@jest/globals';
import { calendarOf } from '../../domain/calendar.js';
import { requestId } from '../../store/asks.js';
import type { Aftermath } from '../support/chaos/aftermath.js';
import { chaosEdition } from '../support/chaos/edition.js';
import { type InvariantName, invariants } from '../support/chaos/invariants.js';
import { planOf } from '../support/chaos/plan.js';

const { edition } = chaosEdition(planOf(1));
const calendar = calendarOf(edition.territory);
const publicUrl = 'http://127.0.0.1:1';
const on = (day: string, time: string) => calendar.instantAt(day, time);
const askId = `${edition.id}.interviews.interview.-.v1.-.g1`;
const request = requestId(askId, 'mairie');
const messageId = 'a-mail@troismains';
const words =
  'De votre place, quels sont les problèmes les plus aigus ? Dites aussi ce qui existe déjà, ce qui manque et les pistes que vous voyez : quelques lignes suffisent.';
const text = [
  `Message-ID: <${messageId}>`,
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  `${words}\n\n${publicUrl}/a/${request}/seal`,
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  `<p>${words}</p><a href="${publicUrl}/a/${request}/seal">Ouvrir</a>`,
  '--b--',
].join('\r\n');

/** What is left of the smallest life there is: one question, one answer, one mail. Nothing is wrong with it. */
function clean(): Aftermath {
  const [opened, answered, closed] = [on('2026-01-05', '09:00'), on('2026-01-06', '14:30'), on('2026-01-06', '14:30')];
  const settled = { outcome: 'complete', on: '2026-01-06' } as const;
  return {
    edition,
    publicUrl,
    status: 'closed',
    endedAt: on('2026-06-26', '10:00'),
    asks: [
      {
        id: askId,
        kind: 'interview',
        step: 'interviews',
        project: null,
        part: null,
        version: 1,
        generation: 1,
        opensAt: opened,
        openedAt: opened,
        due: '2026-01-09',
        endsAt: on('2026-01-16', '00:00'),
        outcome: settled.outcome,
        closedAt: closed,
        closedOn: settled.on,
        result: null,
        people: [{ person: 'mairie', seat: 'mairie', joined: 'asked', closed: 'answered', closedAt: answered }],
      },
    ],
    results: new Map([[askId, { result: null, items: null }]]),
    places: [{ request, ask: askId, person: 'mairie', closed: 'answered', hasAnswer: true, hasDraft: false }],
    outbox: [
      {
        id: 1,
        edition: edition.id,
        key: 'k',
        person: 'mairie',
        template: 'asks',
        asks: [{ ask: askId, rung: 'opening' }],
        context: {},
        reminder: false,
        letter: false,
        state: 'accepted',
        due_at: new Date(opened),
        queued_at: new Date(opened),
        attempts: 1,
        refusals: 0,
        uncertain: 0,
        next_try_at: null,
        message_id: messageId,
        subject: '',
        frozen_at: null,
        sent_at: new Date(opened),
        error: null,
      },
    ],
    rungs: [{ ask: askId, person: 'mairie', rung: 'opening', about: '', outbox: 1 }],
    people: new Map([['mairie', { email: 'mairie@terrain.example', unreachable: false }]]),
    started: new Map(),
    dropped: [],
    journal: [
      { at: answered, actor: 'mairie', verb: 'ask.answered', subject: askId },
      { at: closed, actor: 'programme', verb: 'ask.settled', subject: askId },
    ],
    chain: { ok: true, head: { n: 2, hash: 'h' }, entries: 2, faults: [] },
    untold: [],
    incidents: [],
    wakesOwed: 0,
    workflow: { status: 'COMPLETED', told: [{ id: askId, ...settled }], otherRuns: [], names: [] },
    copies: [{ n: 1, messageId, to: 'mairie@terrain.example', at: opened, text }],
    refused: new Set(),
    promised: [{ request, did: 'answered', at: answered, by: 'page', hadLink: true, recorded: 1 }],
    deeds: [{ ask: askId, person: 'mairie', at: answered, did: 'answered' }],
    behind: [{ request, did: 'answered', at: answered, reviewedAt: answered, seenAt: answered + 2_000, disturbed: false }],
  };
}

/** The same with as many acts and mails as the shortest edition has: of which they are is not asked. */
function lived(): Aftermath {
  const after = clean();
  const times = <T>(n: number, list: readonly T[]): T[] => Array.from({ length: n }, () => list).flat();
  return { ...after, promised: times(10, after.promised), copies: times(20, after.copies) };
}

/** A part of a clean aftermath, changed. */
const first = <T extends object>(list: readonly T[], change: Partial<T>): T[] =>
  list.map((one, index) => (index === 0 ? { ...one, ...change } : one));

type Break = [what: string, change: (after: Aftermath) => Partial<Aftermath>];
const breaks: Record<InvariantName, Break[]> = {
  'one-outcome': [
    ['an ask without an outcome', ({ asks }) => ({ asks: first(asks, { outcome: null }) })],
    ['an ask settled twice', ({ journal }) => ({ journal: [...journal, ...journal] })],
    [
      'an engine that was told another outcome once',
      ({ workflow }) => ({ workflow: { ...workflow, told: [...workflow.told, { id: askId, outcome: 'none', on: '2026-01-16' }] } }),
    ],
    [
      'an engine that was told of an ask that is not there',
      ({ workflow }) => ({ workflow: { ...workflow, told: first(workflow.told, { id: 'x' }) } }),
    ],
  ],
  journalled: [
    ['what the store itself finds untold', () => ({ untold: [{ verb: 'ask.opened', subject: askId, actor: null, found: 0 }] })],
    ['an outcome nobody wrote down', ({ journal }) => ({ journal: journal.filter((entry) => entry.verb !== 'ask.settled') })],
    ['an answer nobody wrote down', ({ journal }) => ({ journal: journal.filter((entry) => entry.verb !== 'ask.answered') })],
    ['an answer written down twice', ({ journal }) => ({ journal: [...journal, ...journal.slice(0, 1)] })],
    ['an answer written down that is not there', ({ places }) => ({ places: first(places, { closed: 'missed', hasAnswer: false }) })],
    [
      'a delegation nobody wrote down',
      ({ places, journal }) => ({ places: first(places, { closed: 'delegated', hasAnswer: false }), journal: journal.slice(1) }),
    ],
  ],
  'nothing-on-its-way': [
    ['a mail left in sending', ({ outbox }) => ({ outbox: first(outbox, { state: 'sending' }) })],
    ['a mail left queued', ({ outbox }) => ({ outbox: first(outbox, { state: 'queued' }) })],
    [
      'a retry nobody made',
      ({ outbox }) => ({ outbox: first(outbox, { state: 'uncertain', next_try_at: new Date(on('2026-01-06', '09:00')) }) }),
    ],
  ],
  'copies-counted': [
    ['a copy too many', ({ copies }) => ({ copies: [...copies, ...copies] })],
    [
      'a third copy, however uncertain',
      ({ copies, outbox }) => ({ copies: [...copies, ...copies, ...copies], outbox: first(outbox, { uncertain: 4 }) }),
    ],
    [
      'a second copy of a decision letter',
      ({ copies, outbox }) => ({ copies: [...copies, ...copies], outbox: first(outbox, { letter: true, uncertain: 1 }) }),
    ],
    ['a copy that went to somebody else', ({ copies }) => ({ copies: first(copies, { to: 'transports@terrain.example' }) })],
    [
      'a link to begin an application that went to another address than was typed',
      ({ outbox }) => ({
        outbox: first(outbox, { person: 'visitor', template: 'begin', context: { start: 's' } }),
        started: new Map([['s', 'porteur@terrain.example']]),
      }),
    ],
    ['an accepted mail that nobody took', () => ({ copies: [] })],
    ['a taken mail that the outbox believes failed', ({ outbox }) => ({ outbox: first(outbox, { state: 'failed' }) })],
    ['a mail out of nowhere', ({ copies }) => ({ copies: [...copies, ...first(copies, { messageId: 'other@troismains' })] })],
  ],
  'dropped-rightly': [
    [
      'a mail that was dropped while what it asks was asked',
      ({ outbox }) => ({ outbox: first(outbox, { state: 'dropped' }), dropped: [{ mail: 1, what: `${askId} opening was still asked` }] }),
    ],
    ...(['receipt', 'letter', 'ended'] as const).map(
      (template): Break => [`a dropped ${template}`, ({ outbox }) => ({ outbox: first(outbox, { state: 'dropped', template, asks: [] }) })],
    ),
  ],
  'failed-rightly': [
    [
      'a mail given up that nobody refused',
      ({ outbox }) => ({ outbox: first(outbox, { state: 'failed', error: 'enough', refusals: 20 }) }),
    ],
    [
      'a mail given up for somebody who can be reached',
      ({ outbox }) => ({ outbox: first(outbox, { state: 'failed', error: 'unreachable' }) }),
    ],
  ],
  'rungs-mailed': [
    ['a rung whose mail is gone', () => ({ outbox: [] })],
    ['a rung whose mail never left', ({ outbox }) => ({ outbox: first(outbox, { state: 'queued' }) })],
    ['an opening that nobody was sent', ({ rungs }) => ({ rungs: first(rungs, { outbox: null }) })],
  ],
  'links-arrive': [
    [
      'somebody who had to come by, though their mail is accepted',
      ({ promised }) => ({ promised: first(promised, { by: 'store', hadLink: false }), copies: [] }),
    ],
    [
      'somebody who had to come by, because their mail brought no link',
      ({ promised, copies }) => ({
        promised: first(promised, { by: 'store', hadLink: false }),
        copies: first(copies, { text: text.replaceAll('/a/', '/b/') }),
      }),
    ],
  ],
  'wakes-found': [
    [
      'an answer that settles its ask, its wake lost, seen by chance an hour later',
      ({ behind }) => ({ behind: first(behind, { seenAt: on('2026-01-06', '15:30') }) }),
    ],
    ['an answer that no review saw', ({ behind }) => ({ behind: first(behind, { seenAt: null }) })],
    ...(['delegated', 'applied'] as const).map(
      (did): Break => [
        `what needs the engine though it settles nothing: ${did}`,
        ({ behind }) => ({ behind: first(behind, { did, request: undefined, at: 0, seenAt: on('2026-01-06', '15:30') }) }),
      ],
    ),
  ],
  'chain-verifies': [
    ['a changed entry', ({ chain }) => ({ chain: { ...chain, ok: false, faults: [{ what: 'changed', n: 1, entry: 1 }] } })],
    ['an entry out of the chain', ({ chain }) => ({ chain: { ...chain, head: { n: 1, hash: 'h' } } })],
  ],
  'engine-agrees': [
    ['a workflow that runs after the end', ({ workflow }) => ({ workflow: { ...workflow, status: 'RUNNING' } })],
    ['a workflow that failed', ({ workflow }) => ({ workflow: { ...workflow, status: 'FAILED' } })],
    ['a workflow that is over before its edition', () => ({ status: 'running' })],
    ['a second run, over or not', ({ workflow }) => ({ workflow: { ...workflow, otherRuns: ['cohort-chaos-1 another'] } })],
    ['a wake that nobody struck off', () => ({ wakesOwed: 1 })],
    ['an incident that was never mended', () => ({ incidents: [{ scope: 'review', message: 'out of order' }] })],
  ],
  'nobody-in-history': [
    ['a name that the engine was told', ({ workflow }) => ({ workflow: { ...workflow, names: ['Mairie volontaire'] } })],
  ],
  'promises-kept': [
    ['a draft that outlives its answer', ({ places }) => ({ places: first(places, { hasDraft: true }) })],
    ['an answer that is gone', ({ places }) => ({ places: first(places, { closed: null }) })],
    ['an answer without its words', ({ places }) => ({ places: first(places, { hasAnswer: false }) })],
    ['a place that is gone', () => ({ places: [] })],
    [
      'two delegations that were both recorded',
      ({ promised, places }) => ({
        promised: first(promised, { did: 'delegated', recorded: 2 }),
        places: first(places, { closed: 'delegated', hasAnswer: false }),
      }),
    ],
  ],
  // which promise is broken is held by test/domain/guarantees; here, whose word is taken
  'guarantees-hold': [
    [
      'a mail that a server took at night, whatever the outbox says',
      ({ copies }) => ({ copies: first(copies, { at: on('2026-01-05', '22:00') }) }),
    ],
    [
      'a mail that a server took after an answer that only its author remembers',
      ({ copies, asks }) => ({
        copies: first(copies, { at: on('2026-01-07', '09:00') }),
        asks: first(asks, {
          closedAt: null,
          people: [{ person: 'mairie', seat: 'mairie', joined: 'asked', closed: null, closedAt: null }],
        }),
      }),
    ],
    ['a mail without its link', ({ copies }) => ({ copies: first(copies, { text: text.replaceAll('/a/', '/b/') }) })],
  ],
  'ends-in-time': [
    ['an edition that does not end', () => ({ status: 'running' })],
    ['an edition that ends a year late', () => ({ endedAt: on('2027-06-25', '10:00') })],
  ],
  'was-lived': [
    ['an edition that is cancelled at once', () => ({ status: 'cancelled', asks: [], promised: [], copies: [] })],
    ['an edition in which hardly anybody acted', ({ promised }) => ({ promised: promised.slice(0, 9) })],
    ['an edition in which hardly any mail was taken', ({ copies }) => ({ copies: copies.slice(0, 19) })],
  ],
};

test('two copies may be taken of a mail that was uncertain, and of a letter that was sent again by hand', () => {
  const after = clean();
  const outbox = first(after.outbox, { uncertain: 1 });
  const journal = [...after.journal, { at: 0, actor: 'coordinator', verb: 'mail.resent', subject: 'mail:1' } as const];
  const copies = [...after.copies, ...after.copies];
  expect(invariants['copies-counted']({ ...after, outbox, copies })).toEqual([]);
  expect(invariants['copies-counted']({ ...after, outbox: first(outbox, { letter: true }), copies, journal })).toEqual([]);
});

test('a link to begin an application goes to the address that was typed', () => {
  const after = clean();
  const outbox = first(after.outbox, { person: 'visitor', template: 'begin', context: { start: 's' } });
  expect(invariants['copies-counted']({ ...after, outbox, started: new Map([['s', 'mairie@terrain.example']]) })).toEqual([]);
});

test('an act is seen late, and nothing is wrong, when it settles nothing, or when something was away meanwhile', () => {
  const after = clean();
  const late = first(after.behind, { seenAt: on('2026-01-06', '15:30') });
  expect(invariants['wakes-found']({ ...after, behind: first(late, { disturbed: true }) })).toEqual([]);
  expect(invariants['wakes-found']({ ...after, behind: first(late, { at: on('2026-01-06', '14:29') }) })).toEqual([]);
});

test('a mail may be given up that the server refused for good, or twenty-one times, or that nobody could read', () => {
  const after = clean();
  const outbox = first(after.outbox, { state: 'failed', error: 'no such mailbox' });
  expect(invariants['failed-rightly']({ ...after, outbox, refused: new Set([1]) })).toEqual([]);
  expect(invariants['failed-rightly']({ ...after, outbox: first(outbox, { refusals: 21 }) })).toEqual([]);
  const people = new Map([['mairie', { email: 'mairie@terrain.example', unreachable: true }]]);
  expect(invariants['failed-rightly']({ ...after, outbox: first(outbox, { error: 'unreachable' }), people })).toEqual([]);
});

describe.each(Object.entries(breaks))('%s', (name, cases) => {
  const check = invariants[name as InvariantName]; // a key of the table above
  const life = name === 'was-lived' ? lived : clean;
  test('holds of a life in which nothing went wrong', () => expect(check(life())).toEqual([]));
  test.each(cases)('sees %s', (_what, change) => {
    const after = life();
    expect(check({ ...after, ...change(after) })).not.toEqual([]);
  });
});
