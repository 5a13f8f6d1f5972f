import { calendarOf } from '../../../domain/calendar.js';
import { grouped } from '../../../rehearsal/grouped.js';
import { guarantees } from '../../../rehearsal/guarantees.js';
import { mailText } from '../../../rehearsal/mailtext.js';
import type { Aftermath } from './aftermath.js';
import { copiesCounted, droppedRightly, failedRightly, linksArrive, rungsMailed } from './mailed.js';

/** One thing that is not as it must be, with the ids to look for. */
export interface Violation {
  invariant: InvariantName | 'processes' | 'run';
  what: string;
}

/** Every ask has an outcome; the journal tells of exactly one, and the engine was never told another. */
export function oneOutcome({ asks, journal, workflow, results }: Aftermath): string[] {
  const open = asks.filter((ask) => ask.outcome === null).map((ask) => `${ask.id} has no outcome`);
  const settled = grouped(
    journal.filter((entry) => entry.verb === 'ask.settled'),
    (entry) => entry.subject,
  );
  const twice = [...settled].filter(([, entries]) => entries.length > 1).map(([id, { length }]) => `${id} was settled ${length} times`);
  const byId = new Map(asks.map((ask) => [ask.id, ask]));
  const other = workflow.told.flatMap(({ id, outcome, on, result, items }) => {
    const ask = byId.get(id);
    const row = results.get(id);
    const said = JSON.stringify([outcome, on, result ?? null, items ?? null]);
    const is = JSON.stringify([ask?.outcome, ask?.closedOn, row?.result ?? null, row?.items ?? null]);
    return said === is ? [] : [`${id}: the engine was told ${said}, the database says ${is}`];
  });
  return [...open, ...twice, ...other];
}

/** Every outcome, every answer and every delegation has one entry in the journal, and none is told that is not there; by the store's own count too. */
export function journalled({ asks, places, journal, untold }: Aftermath): string[] {
  const settled = new Set(journal.filter((entry) => entry.verb === 'ask.settled').map((entry) => entry.subject));
  const outcomes = asks
    .filter((ask) => ask.outcome !== null && !settled.has(ask.id))
    .map((ask) => `${ask.id}: ${ask.outcome}, not in the journal`);
  const verbs = { answered: ['ask.answered', 'application.submitted'], delegated: ['ask.delegated'] } as const;
  const acts = places.flatMap(({ ask, person, closed, hasAnswer }) =>
    (['answered', 'delegated'] as const).flatMap((did) => {
      const words: readonly string[] = verbs[did];
      const entries = journal.filter((entry) => words.includes(entry.verb) && entry.subject === ask && entry.actor === person).length;
      const is = did === 'delegated' ? closed === 'delegated' : hasAnswer && (closed === 'answered' || closed === 'declined');
      return entries === (is ? 1 : 0) ? [] : [`${ask} ${person}: ${closed ?? 'open'}, and ${entries} entries say ${did}`];
    }),
  );
  return [...outcomes, ...acts, ...untold.map(({ verb, subject, found }) => `${verb} ${subject}: ${found} entries`)];
}

/** No mail is left in the middle of its way: sending, or queued and due. */
export function nothingOnItsWay({ outbox, endedAt }: Aftermath): string[] {
  return outbox
    .filter(
      ({ state, due_at, next_try_at }) =>
        state === 'sending' ||
        ((state === 'queued' || (state === 'uncertain' && next_try_at !== null)) &&
          Math.max(due_at.getTime(), next_try_at?.getTime() ?? 0) <= endedAt),
    )
    .map(({ id, key, state }) => `mail ${id} ${key}: ${state}`);
}

/** A wake that was lost is found by the sweep within two minutes: the wake is owed. A later review would have seen the act by chance. */
const foundWithinMs = 2 * 60_000;

/** What was done behind a review, and needs the engine, is seen as soon as the sweep has looked, though its wake was lost. */
export function wakesFound({ behind, asks, places }: Aftermath): string[] {
  const byRequest = new Map(places.map((place) => [place.request, place]));
  const closedAt = new Map(asks.map((ask) => [ask.id, ask.closedAt]));
  return behind.flatMap(({ request, did, at, reviewedAt, seenAt, disturbed }) => {
    const place = byRequest.get(request ?? '');
    // an answer needs the engine when it settles its ask; whoever is named, or applies, gets a mail
    const needsEngine = did === 'delegated' || request === undefined || (place !== undefined && closedAt.get(place.ask) === at);
    if (!needsEngine || disturbed || (seenAt !== null && seenAt - reviewedAt <= foundWithinMs)) return [];
    const seen =
      seenAt === null ? 'no review came after it' : `the next review came ${Math.round((seenAt - reviewedAt) / 60_000)} minutes later`;
    return [`${place?.ask ?? 'an application'} ${place?.person ?? ''}: ${did}, its wake was lost, and ${seen}`];
  });
}

/** Nothing in the journal was changed, removed or left out of its chain. */
export function chainVerifies({ chain, journal }: Aftermath): string[] {
  return [
    ...chain.faults.map((fault) => JSON.stringify(fault)),
    ...(chain.head?.n === journal.length ? [] : [`${journal.length} entries, ${chain.head?.n ?? 0} of them chained`]),
  ];
}

/** The workflow is over exactly when the edition is, well; it has had one run only, no wake is owed, and no incident is open. */
export function engineAgrees({ status, workflow, wakesOwed, incidents }: Aftermath): string[] {
  const ended = status === 'closed' || status === 'cancelled';
  const wanted = ended ? 'COMPLETED' : 'RUNNING';
  return [
    ...(workflow.status === wanted ? [] : [`the edition is ${status}, its workflow ${workflow.status}`]),
    ...workflow.otherRuns.map((run) => `there was another run: ${run}`),
    ...(ended && wakesOwed > 0 ? ['a wake is owed to an edition that is over'] : []),
    ...incidents.map(({ scope, message }) => `incident ${scope}: ${message}`),
  ];
}

/** The engine's history knows nobody: no name, no address, nothing that was written, also where something failed. */
export function nobodyInHistory({ workflow }: Aftermath): string[] {
  return workflow.names.map((text) => `the history holds: ${text.slice(0, 60)}`);
}

/**
 * What somebody was told was recorded is there, and no draft of it. The same answer, posted twenty times, is told to be recorded twenty times:
 * `journalled` holds that it was once. A place passes on once.
 */
export function promisesKept({ promised, places }: Aftermath): string[] {
  const byRequest = new Map(places.map((place) => [place.request, place]));
  const drafts = places.filter(({ hasAnswer, hasDraft }) => hasAnswer && hasDraft);
  const kept = promised.flatMap(({ request, did, recorded }) => {
    const place = byRequest.get(request);
    const closed = place?.closed ?? 'open';
    const isKept = did === 'delegated' ? closed === 'delegated' : (closed === 'answered' || closed === 'declined') && place?.hasAnswer;
    return [
      ...(isKept ? [] : [`${place?.ask} ${place?.person}: told that it was ${did}, and it is ${closed}`]),
      ...(did === 'delegated' && recorded > 1
        ? [`${place?.ask} ${place?.person}: ${recorded} posts were each told that they were recorded`]
        : []),
    ];
  });
  return [...kept, ...drafts.map(({ ask, person }) => `${ask} ${person}: answered, and a draft is left`)];
}

/** The promises of experience.md, on the first copy of each mail that the server took, and with what people remember. */
export function guaranteesHold({ edition, publicUrl, asks, outbox, copies, deeds }: Aftermath): string[] {
  const rows = new Map(outbox.map((row) => [row.message_id, row]));
  const first = new Map([...copies].reverse().map((copy) => [copy.messageId, copy]));
  const mails = [...first.values()].flatMap((copy) => {
    const row = rows.get(copy.messageId);
    if (row === undefined) return [];
    return [{ at: copy.at, person: row.person, asks: row.asks, text: mailText(copy.text), messageId: copy.messageId }];
  });
  return guarantees({ asks, mails, calendar: calendarOf(edition.territory), publicUrl, deeds }).flatMap(({ name, violations }) =>
    violations.map((violation) => `${name}: ${violation}`),
  );
}

/** No edition takes longer than its target and half a year. */
export function endsInTime({ status, endedAt, edition, workflow: { stands } }: Aftermath): string[] {
  const late = endedAt > Date.parse(edition.target) + 183 * 86_400_000;
  return [
    ...(status === 'closed' || status === 'cancelled'
      ? []
      : [`it is ${status}, and does not end${stands === undefined ? '' : ` (${stands})`}`]),
    ...(late ? [`it ends on ${new Date(endedAt).toISOString().slice(0, 10)}, its target was ${edition.target}`] : []),
  ];
}

/** An edition that ends early has still been asked, answered and mailed so much: its interviews, its call, and why it ends. */
const least = { acts: 10, mails: 20 } as const;

/** The edition was lived: one that is over before anything was done keeps every other promise. */
export function wasLived({ asks, promised, copies }: Aftermath): string[] {
  return [
    ...(asks.length === 0 ? ['nothing was ever asked'] : []),
    ...(promised.length < least.acts ? [`${promised.length} acts, there are at least ${least.acts}`] : []),
    ...(copies.length < least.mails ? [`${copies.length} mails were taken, there are at least ${least.mails}`] : []),
  ];
}

/** All that must hold at the end of a life, whatever happened in it. */
export const invariants = {
  'one-outcome': oneOutcome,
  journalled,
  'nothing-on-its-way': nothingOnItsWay,
  'copies-counted': copiesCounted,
  'dropped-rightly': droppedRightly,
  'failed-rightly': failedRightly,
  'rungs-mailed': rungsMailed,
  'links-arrive': linksArrive,
  'wakes-found': wakesFound,
  'chain-verifies': chainVerifies,
  'engine-agrees': engineAgrees,
  'nobody-in-history': nobodyInHistory,
  'promises-kept': promisesKept,
  'guarantees-hold': guaranteesHold,
  'ends-in-time': endsInTime,
  'was-lived': wasLived,
} as const satisfies Record<string, (after: Aftermath) => string[]>;
export type InvariantName = keyof typeof invariants;

/** Holds an aftermath against all of them. */
export function checkAll(after: Aftermath): Violation[] {
  const names = Object.keys(invariants) as InvariantName[]; // an object literal's own keys
  return names.flatMap((invariant) => invariants[invariant](after).map((what) => ({ invariant, what })));
}
