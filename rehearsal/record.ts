import type { AnswerState, AskKind, Outcome } from '../domain/asks.js';
import type { CivilDate } from '../domain/calendar.js';
import type { Template } from '../domain/mails.js';
import type { StepId } from '../domain/steps.js';
import type { Db } from '../store/db.js';
import type { EditionRow } from '../store/editions.js';
import { type IncidentRow, openIncidents } from '../store/incidents.js';
import type { MailAsk } from '../store/outbox.js';
import { type PersonRow, peopleOf } from '../store/people.js';
import { type PlanInputs, planInputs } from '../store/plans.js';

/** All that was lived in an edition. */
export interface LivedEdition extends PlanInputs {
  row: EditionRow;
  asks: LivedAsk[];
  mails: LivedMail[];
  people: ReadonlyMap<string, PersonRow>;
  /** What broke, and was not mended since. */
  incidents: IncidentRow[];
}

/** Reads all that was lived in an edition. */
export async function livedEdition(db: Db, row: EditionRow): Promise<LivedEdition> {
  return {
    row,
    asks: await livedAsks(db, row.id),
    mails: await livedMails(db, row.id),
    people: await peopleOf(db, row.id),
    incidents: await openIncidents(db, row.id),
    ...(await planInputs(db, row)),
  };
}

/** One person's place in an ask, as it was lived. Instants are epoch ms. */
export interface LivedPlace {
  person: string;
  seat: string;
  joined: 'asked' | 'substitute' | 'delegate';
  closed: AnswerState | null;
  closedAt: number | null;
}

/** An ask, as it was lived. */
export interface LivedAsk {
  id: string;
  kind: AskKind;
  step: StepId;
  project: string | null;
  part: string | null;
  version: number;
  generation: number;
  opensAt: number;
  openedAt: number | null;
  due: CivilDate;
  endsAt: number | null;
  outcome: Outcome | null;
  closedAt: number | null;
  closedOn: CivilDate | null;
  result: string | null;
  people: LivedPlace[];
}

/** A mail that left. */
export interface LivedMail {
  at: number;
  person: string;
  /** The address it went to. */
  to: string;
  template: Template;
  letter: boolean;
  reminder: boolean;
  asks: MailAsk[];
  subject: string;
  messageId: string;
  /** Its bytes, decoded where they are text; empty once they are gone. */
  bytes: string;
}

/** Everything that was asked in an edition, in the order of opening. */
export async function livedAsks(db: Db, edition: string): Promise<LivedAsk[]> {
  const { rows } = await db.query<Omit<LivedAsk, 'opensAt' | 'openedAt' | 'endsAt' | 'closedAt' | 'closedOn' | 'people'> & Instants>(
    `select id, kind, step, project, part, version, generation, due, outcome, result, closed_on, opens_at, opened_at, ends_at, closed_at
     from ask where edition = $1 order by coalesce(opened_at, opens_at), id`,
    [edition],
  );
  const { rows: places } = await db.query<Omit<LivedPlace, 'closedAt'> & { ask: string; closed_at: Date | null }>(
    'select ask, person, seat, joined, closed, closed_at from ask_person where edition = $1 order by ask, joined_at, person',
    [edition],
  );
  const peopleOf = new Map<string, LivedPlace[]>();
  for (const { ask, closed_at, ...place } of places)
    peopleOf.set(ask, [...(peopleOf.get(ask) ?? []), { ...place, closedAt: closed_at?.getTime() ?? null }]);
  return rows.map(({ opens_at, opened_at, ends_at, closed_at, closed_on, ...ask }) => ({
    ...ask,
    opensAt: opens_at.getTime(),
    openedAt: opened_at?.getTime() ?? null,
    endsAt: ends_at?.getTime() ?? null,
    closedAt: closed_at?.getTime() ?? null,
    closedOn: closed_on,
    people: peopleOf.get(ask.id) ?? [],
  }));
}

interface Instants {
  opens_at: Date;
  opened_at: Date | null;
  ends_at: Date | null;
  closed_at: Date | null;
  closed_on: CivilDate | null;
}

/** Every mail that left, in order. */
export async function livedMails(db: Db, edition: string): Promise<LivedMail[]> {
  const { rows } = await db.query<
    Omit<LivedMail, 'at' | 'messageId' | 'bytes'> & { sent_at: Date; message_id: string; bytes: Buffer | null }
  >(
    `select o.sent_at, o.person, p.email as to, o.template, o.letter, o.reminder, o.asks, o.subject, o.message_id, o.bytes
     from outbox o join person p on p.edition = o.edition and p.id = o.person
     where o.edition = $1 and o.state = 'accepted' order by o.sent_at, o.id`,
    [edition],
  );
  return rows.map(({ sent_at, message_id, bytes, ...mail }) => ({
    ...mail,
    at: sent_at.getTime(),
    messageId: message_id,
    bytes: bytes?.toString('utf8') ?? '',
  }));
}
