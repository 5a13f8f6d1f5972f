/** Holding back a mail that would leave by itself, and letting it go again (console.md, "People"). */
import { allTargetsOf, targetKey } from '../../domain/asks/outlook.js';
import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import type { MailRef, RungRef } from '../../domain/mailrefs.js';
import { type Template, toldOnce } from '../../domain/mails.js';
import { placeOf, timesOf } from '../asks.js';
import { laddersNear } from '../coming.js';
import type { Tx } from '../db.js';
import { lockEdition } from '../editions.js';
import { noteQueued } from '../queue.js';
import type { Planned, When } from './change.js';
import { lockOpenAsk, type NotDone } from './on-ask.js';

type Holding = { edition: string; mail: MailRef; reason: string; actor?: string } & When;

/** Holds back a rung that is to come, or a letter or notice that waits to be sent. What is held is owed to nobody: nothing waits for it. */
export async function planHold(tx: Tx, { mail, ...act }: Holding): Promise<Planned<object> | NotDone> {
  return 'row' in mail ? planRow(tx, { ...act, row: mail.row }, 'held') : planRung(tx, { ...act, ...mail });
}

/**
 * Lets it go: a rung whose time has passed leaves at the next sending time, as far as its ask goes on and nothing left about it less than two working days ago;
 * a letter leaves at the next sending time.
 */
export async function planRelease(tx: Tx, { mail, ...act }: Holding): Promise<Planned<object> | NotDone> {
  if ('row' in mail) return planRow(tx, { ...act, row: mail.row }, 'released');
  const { edition, reason, actor = 'coordinator', realNow } = act;
  const found = await lockOpenAsk(tx, { ask: mail.ask, realNow });
  if (!found.ok) return found;
  if (found.row.id !== edition) return { ok: false, reason: 'unknown' };
  if (!(await isHeld(tx, mail))) return { ok: false, reason: 'not-held' };
  return {
    ok: true,
    actor,
    change: {
      edition,
      at: found.at,
      write: (tx) => tx.query('delete from hold where ask = $1 and person = $2 and rung = $3 and about = $4', keyOf(mail)),
      entries: [{ verb: 'mail.released', subject: mail.ask, detail: detailOf(mail), reason }],
      wake: true,
    },
    done: {},
  };
}

const keyOf = ({ ask, person, rung, about = '' }: RungRef) => [ask, person, rung, about];
const detailOf = ({ person, rung, about }: RungRef) => ({ person, rung, ...(about === undefined ? {} : { about }) });
/** Ends a hold, by its id or its letter's; a letter that was held leaves at the next sending time, and is told. */
export async function letGo(tx: Tx, { id = null, mail, dueAt }: { id?: number | null; mail: number | null; dueAt: number }): Promise<void> {
  await tx.query('delete from hold where id = $1 or mail = $2', [id, mail]);
  if (mail === null) return;
  const { rows } = await tx.query<{ key: string; person: string; template: Template }>(
    `update outbox set state = 'queued', due_at = $2, next_try_at = null where id = $1 and state = 'held' returning key, person, template`,
    [mail, new Date(dueAt)],
  );
  noteQueued(tx, { dueAt, mails: rows });
}
const isHeld = async (tx: Tx, mail: RungRef): Promise<boolean> =>
  (await tx.query('select from hold where ask = $1 and person = $2 and rung = $3 and about = $4', keyOf(mail))).rowCount === 1;

async function planRung(
  tx: Tx,
  { edition, reason, actor = 'coordinator', realNow, ...mail }: Omit<Holding, 'mail'> & RungRef,
): Promise<Planned<object> | NotDone> {
  const found = await lockOpenAsk(tx, { ask: mail.ask, realNow });
  if (!found.ok) return found;
  const { ask, row, at } = found;
  if (row.id !== edition) return { ok: false, reason: 'unknown' };
  if (mail.rung === 'opening') return { ok: false, reason: 'opening' };
  if (await isHeld(tx, mail)) return { ok: false, reason: 'held' };
  const { about } = mail;
  const near = await laddersNear(tx, row, { asks: [ask.id], people: [mail.person, ...(about === undefined ? [] : [about])] });
  const places = (near.holders.get(ask.id) ?? []).map(placeOf);
  const key = targetKey({ addressee: mail.person, ...(about === undefined ? {} : { about }) });
  const steps = allTargetsOf(timesOf(ask), places, near.around).find(({ target }) => targetKey(target) === key)?.steps ?? [];
  const claimed = near.claimed.get(ask.id)?.get(key) ?? [];
  if (!steps.some(({ rung }) => rung === mail.rung) || claimed.some(({ rung }) => rung === mail.rung))
    return { ok: false, reason: 'mail-left' };
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      write: (tx) =>
        tx.query('insert into hold (edition, ask, person, rung, about, actor, at) values ($1, $2, $3, $4, $5, $6, $7)', [
          ...[edition, ...keyOf(mail), actor, new Date(at)],
        ]),
      entries: [{ verb: 'mail.held', subject: ask.id, detail: detailOf(mail), reason }],
      wake: true,
    },
    done: {},
  };
}

/** A letter or notice: held while it waits to be sent, released while it is held. What asks, and what answers a person's own act, is not held so. */
async function planRow(
  tx: Tx,
  { edition, row: id, reason, actor = 'coordinator', realNow }: Omit<Holding, 'mail'> & { row: number },
  to: 'held' | 'released',
): Promise<Planned<object> | NotDone> {
  const row = await lockEdition(tx, edition);
  const { rows } = await tx.query<{ edition: string; template: Template; state: string }>(
    'select edition, template, state from outbox where id = $1 for update',
    [id],
  );
  const [mail] = rows;
  if (row === undefined || mail?.edition !== edition) return { ok: false, reason: 'unknown' };
  const { state, template } = mail;
  if (to === 'held' && state === 'held') return { ok: false, reason: 'held' };
  if (to === 'held' && !toldOnce.includes(template)) return { ok: false, reason: 'opening' };
  if (to === 'held' && state !== 'queued') return { ok: false, reason: 'mail-left' };
  if (to === 'released' && state !== 'held') return { ok: false, reason: 'not-held' };
  const at = realNow + row.clock_offset_ms;
  const dueAt = nextSendingTime(at, calendarOf(row.file.territory));
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      async write(tx) {
        if (to === 'held') {
          await tx.query(`update outbox set state = 'held' where id = $1`, [id]);
          await tx.query('insert into hold (edition, mail, actor, at) values ($1, $2, $3, $4)', [edition, id, actor, new Date(at)]);
        } else {
          await letGo(tx, { mail: id, dueAt });
        }
      },
      entries: [{ verb: to === 'held' ? 'mail.held' : 'mail.released', subject: `mail:${id}`, reason }],
      wake: row.status === 'running',
    },
    done: {},
  };
}
