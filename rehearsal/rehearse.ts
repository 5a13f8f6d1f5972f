import { type CivilDate, calendarOf, laterOf } from '../domain/calendar.js';
import type { Edition } from '../domain/edition.js';
import { computePlan, type Plan } from '../domain/plan.js';
import { PHASE_IDS, type PhaseId } from '../domain/steps.js';
import { phaseOf } from '../store/board.js';
import type { Store } from '../store/db.js';
import { findEdition } from '../store/editions.js';
import { type RehearsalDocument, rehearsalDocument } from './document.js';
import { guarantees, type Remembered } from './guarantees.js';
import { live, type Meddle, rehearsalUrl, type Theatre } from './live.js';
import { mailText } from './mailtext.js';
import type { Personas } from './personas/read.js';
import { personaScript } from './personas/script.js';
import { type LivedEdition, livedEdition } from './record.js';

/** How far a rehearsal is. */
export interface Progress {
  /** Business instant, epoch ms. */
  at: number;
  phase: PhaseId | null;
  mails: number;
}

/** What is rehearsed, by whom. */
export interface RehearsalInput {
  edition: Edition;
  /** The edition's file, as given. */
  source: string;
  personas: Personas;
  seed: number;
  progress?(progress: Progress): void;
  /** Interrupts it; `rehearse` then throws its reason. */
  signal?: AbortSignal;
  /** How many events show that it goes round in circles; left out, more than any edition has. */
  mostEvents?: number;
  /** What is broken on purpose, in tests. */
  meddle?: Meddle;
}

/** A rehearsal: the document, and what a report is drawn from. */
export interface Rehearsal {
  document: RehearsalDocument;
  edition: Edition;
  /** The plan as foreseen. */
  plan: Plan;
  record: LivedEdition;
  /** The first instant, epoch ms. */
  from: number;
}

/** What broke in a rehearsal so that it could not go on. */
export class RehearsalFailed extends Error {
  override name = 'RehearsalFailed';
}

/**
 * An edition that waits for somebody who never answers is stopped after so long, and not before a year after its target; before, when the same
 * steps are taken over and over within days.
 */
const horizonYears = 3;
const yearsAfterTarget = 1;
/** The first morning, before mails leave. */
const firstMorning = '08:30';

/**
 * Lives a whole edition in virtual time, on a stage of its own, and tells what was lived.
 * @throws the signal's reason when it is interrupted; RehearsalFailed when a review or a delivery fails for good
 */
export async function rehearse(theatre: Theatre, input: RehearsalInput): Promise<Rehearsal> {
  const { edition, source, personas, seed, progress, signal, meddle = (deps) => deps } = input;
  const began = Date.now();
  const calendar = calendarOf(edition.territory);
  const plan = computePlan(edition);
  const from = calendar.instantAt(edition.start, firstMorning);
  const horizon = calendar.instantAt(
    laterOf(yearsAfter(edition.start, horizonYears), yearsAfter(edition.target, yearsAfterTarget)),
    firstMorning,
  );
  const failure = later<never>();
  const deeds: Remembered[] = [];
  let mails: readonly unknown[] = [];
  let month = '';
  /** A month after the other is told. */
  const tell = async (store: Store, at: number) => {
    if (progress === undefined || calendar.dateOf(at).slice(0, 7) === month) return;
    month = calendar.dateOf(at).slice(0, 7);
    const row = await findEdition(store.pool, edition.id);
    progress({ at, phase: (row && phaseOf(row, PHASE_IDS)) ?? null, mails: mails.length });
  };
  let store: Store | undefined;
  const watching: Meddle = (deps) => {
    store = deps.store;
    return meddle({ ...deps, failed: (error) => failure.reject(new RehearsalFailed(String(error), { cause: error })) });
  };
  const lived = await live(theatre, {
    edition,
    source,
    startsAt: from,
    script: personaScript(personas, { edition, seed }),
    horizon,
    ...(input.mostEvents === undefined ? {} : { mostEvents: input.mostEvents }),
    did: (deed) => deeds.push(deed),
    meddle: watching,
    reached: (at) => (store === undefined ? undefined : tell(store, at)),
  });
  const interrupt = () => failure.reject(signal?.reason);
  mails = lived.mails;
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    if (signal?.aborted) interrupt();
    const end = await Promise.race([lived.finished(), failure.promise]);
    const row = await findEdition(lived.store.pool, edition.id);
    if (row === undefined) throw new RehearsalFailed(`there is no edition ${edition.id}`);
    const record = await livedEdition(lived.store.pool, row);
    const { historyLength } = await lived.client.workflow.getHandle(lived.workflowId).describe();
    const checked = guarantees({
      asks: record.asks,
      mails: record.mails.map((mail) => ({ ...mail, text: mailText(mail.bytes) })),
      calendar,
      publicUrl: rehearsalUrl,
      deeds,
    });
    const document = rehearsalDocument({
      edition: edition.id,
      seed,
      from,
      wallSeconds: (Date.now() - began) / 1000,
      plan,
      calendar,
      record,
      guarantees: checked,
      history: { workflows: 1, events: historyLength },
      ...(end === 'horizon' ? { stoppedAt: lived.stoppedAt() ?? horizon } : {}),
    });
    return { document, edition, plan, record, from };
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await lived.close();
  }
}

/** The same day so many years later; 28 February where there is no 29th. */
function yearsAfter(date: CivilDate, years: number): CivilDate {
  const year = Number(date.slice(0, 4)) + years;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${year}${isLeap ? date.slice(4) : date.slice(4).replace('02-29', '02-28')}`;
}

function later<T>(): { promise: Promise<T>; reject(reason: unknown): void } {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((_, fail) => {
    reject = fail;
  });
  promise.catch(() => undefined); // whoever waits for it hears it
  return { promise, reject };
}
