import { nextSendingTime } from '../domain/asks/sending.js';
import { type BounceKind, hardBouncesToUnreachable } from '../domain/bounces.js';
import { calendarOf } from '../domain/calendar.js';
import type { When } from './acts/change.js';
import { audit } from './audit.js';
import { inTransaction, type Store, type Tx } from './db.js';
import { type EditionRow, findEdition } from './editions.js';
import { ofRole, type PersonRow, peopleOf } from './people.js';
import { queueNotice } from './queue.js';
import { sinceItLeft, toTheirAddress } from './undelivered.js';
import { oweWake } from './wakes.js';

/** Something that came back of a mail. `report` says what it was, once for ever: its Message-ID, or `smtp`. */
export interface Bounced {
  /** The mail's number. */
  mail: number;
  kind: BounceKind;
  status: string;
  /** The server's words, on one line and cut. */
  diagnostic: string;
  report: string;
}

/** What recording did. `known`: the same was recorded before. `unreachable`: this one marked its person. */
export type BounceRecorded =
  | { state: 'recorded' | 'known'; edition: string; person: string; unreachable: boolean; wake: boolean }
  | { state: 'no-such-mail' };

/**
 * Records what came back of a mail, once; two mails that came back because the address does not work mark their person unreachable.
 * @param at business instant (epoch ms); left out, that of the edition's clock
 * @param to the address it was sent to, where that is known: what comes back from another than theirs marks nobody
 */
export async function recordBounce(
  store: Store,
  { realNow, at: given, to, ...bounced }: Bounced & When & { at?: number; to?: string },
): Promise<BounceRecorded> {
  return inTransaction(store.pool, async (tx) => {
    const { rows } = await tx.query<{ edition: string; person: string }>('select edition, person from outbox where id = $1', [
      bounced.mail,
    ]);
    const [mail] = rows;
    const row = mail === undefined ? undefined : await findEdition(tx, mail.edition);
    if (mail === undefined || row === undefined) return { state: 'no-such-mail' };
    const { person } = mail;
    const edition = row.id;
    // two that come at once count in turn
    const { rows: people } = await tx.query<{ email: string }>(
      'select email from person where edition = $1 and id = $2 for no key update',
      [edition, person],
    );
    const at = given ?? realNow + row.clock_offset_ms;
    const { rowCount } = await tx.query(
      `insert into bounce (edition, outbox, person, at, kind, status, diagnostic, report) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (outbox, report) do nothing`,
      [edition, bounced.mail, person, new Date(at), bounced.kind, bounced.status, bounced.diagnostic, bounced.report],
    );
    if (rowCount === 0) return { state: 'known', edition, person, unreachable: false, wake: false };
    const { kind, status } = bounced;
    await audit(tx, [
      { edition, at, actor: 'programme', verb: 'mail.bounced', subject: person, detail: { mail: bounced.mail, kind, status } },
    ]);
    const stillTheirs = to === undefined || people.some(({ email }) => email === to);
    const unreachable = kind === 'hard' && stillTheirs && (await markUnreachable(tx, row, { person, at }));
    if (unreachable) await oweWake(tx, edition, realNow);
    return { state: 'recorded', edition, person, unreachable, wake: unreachable };
  });
}

/**
 * Marks somebody unreachable when enough of their mails came back since their address was last given, and tells the coordinators. A mail is to the
 * address as it stood when its bytes were written, a moment before it left. It may have left twice, to the former address and to the new one:
 * what came back before it left again is about the former.
 */
async function markUnreachable(tx: Tx, row: EditionRow, { person, at }: { person: string; at: number }): Promise<boolean> {
  if (row.status !== 'running' && row.status !== 'paused') return false; // nothing is waited for any more
  const { rows } = await tx.query<{ id: number }>(
    `select distinct b.outbox as id from bounce b join outbox o on o.id = b.outbox join person p on p.edition = b.edition and p.id = b.person
     where b.edition = $1 and b.person = $2 and b.kind = 'hard' and p.unreachable_at is null
       and ${toTheirAddress} order by 1`,
    [row.id, person],
  );
  if (rows.length < hardBouncesToUnreachable) return false;
  await tx.query('update person set unreachable_at = $3 where edition = $1 and id = $2', [row.id, person, new Date(at)]);
  const mails = rows.map(({ id }) => String(id));
  await tx.query('update outbox set told_at = coalesce(told_at, $2) where id = any($1)', [rows.map(({ id }) => id), new Date(at)]); // told here
  await audit(tx, [{ edition: row.id, at, actor: 'programme', verb: 'person.unreachable', subject: person, detail: { mails } }]);
  const calendar = calendarOf(row.file.territory);
  for (const reader of whoIsTold(await peopleOf(tx, row.id), person))
    await queueNotice(
      { tx, edition: { id: row.id }, at, sendingTime: () => nextSendingTime(at, calendar) },
      { key: `unreachable.${person}.${at}.${reader}`, person: reader, template: 'unreachable', context: { person, mails } },
    );
  return true;
}

/** The coordinators who can be reached; about the last of them, the executive, as for what coordinators owe. */
function whoIsTold(people: ReadonlyMap<string, PersonRow>, about: string): string[] {
  const reached = (role: string) => ofRole(people, role).filter((id) => id !== about && people.get(id)?.unreachable_at === null);
  const coordinators = reached('coordinator');
  return coordinators.length > 0 ? coordinators : reached('executive').slice(0, 1);
}

/** A mail that came back, as coordinators are told of it. */
export interface BouncedMail {
  id: number;
  subject: string | null;
  sent_at: Date | null;
  due_at: Date;
}

/** Mails by their numbers, the oldest first. */
export async function bouncedMails(db: Pick<Tx, 'query'>, edition: string, ids: readonly number[]): Promise<BouncedMail[]> {
  const { rows } = await db.query<BouncedMail>(
    'select id, subject, sent_at, due_at from outbox where edition = $1 and id = any($2) order by id',
    [edition, ids],
  );
  return rows;
}

/** What came back of some mails, or of those of an edition, or of all, since they last left: the gravest for each mail, by its number. */
export async function bouncesOf(
  db: Pick<Tx, 'query'>,
  { edition, mails }: { edition?: string | undefined; mails?: readonly number[] },
): Promise<Map<number, BounceKind>> {
  const { rows } = await db.query<{ outbox: number; kind: BounceKind }>(
    `select distinct on (b.outbox) b.outbox, b.kind from bounce b join outbox o on o.id = b.outbox
     where ($1::text is null or b.edition = $1) and ($2::bigint[] is null or b.outbox = any($2)) and ${sinceItLeft}
     order by b.outbox, array_position(array['hard', 'soft', 'delayed'], b.kind)`,
    [edition ?? null, mails ?? null],
  );
  return new Map(rows.map(({ outbox, kind }) => [outbox, kind]));
}
