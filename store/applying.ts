import { isAddress } from '../domain/address.js';
import { applicationFields, type FieldProblem, type Raw, readFields } from '../domain/forms.js';
import { numbered } from '../domain/ids.js';
import { problemOfText, tidy } from '../domain/text.js';
import {
  type Act,
  closePlace,
  freeId,
  freshLinkEveryMs,
  isSaidAlready,
  lockNames,
  lockPlace,
  type Place,
  queueReceipt,
  refusalOf,
  type When,
} from './acts.js';
import { lockCall, requestId, seatPeople } from './asks.js';
import { audit } from './audit.js';
import { inTransaction, type Store, type Tx } from './db.js';
import { writeDraft } from './drafts.js';
import { findEdition } from './editions.js';
import { queueMails } from './outbox.js';
import { personAt } from './people.js';
import { oweWake } from './wakes.js';

/** What starting an application answers: the new place, unless the edition knows the address already (a link is mailed there instead). */
export type Started = Act & { request?: string; linkN?: number };

/** Begins an application: a person, a draft, and a link of their own by mail. An address that has one already gets its link again. A link goes to an address once in five minutes at most. */
export async function startApplication(
  store: Store,
  { edition, relay, realNow, ...typed }: { edition: string; name: string; email: string; title: string; relay?: string } & When,
): Promise<Started> {
  const [name, email, title] = [tidy(typed.name), tidy(typed.email), tidy(typed.title)];
  return inTransaction(store.pool, async (tx) => {
    const row = await findEdition(tx, edition);
    const call = row === undefined ? undefined : await lockCall(tx, edition);
    if (row === undefined || call === undefined || row.status !== 'running') return { ok: false, reason: 'closed' };
    const at = realNow + row.clock_offset_ms;
    if (call.ends_at !== null && call.ends_at.getTime() <= at) return { ok: false, reason: 'late' };
    if (!isAddress(email)) return { ok: false, reason: 'address' };
    const problems = (['name', 'title'] as const).flatMap((field): FieldProblem[] => {
      const problem = problemOfText(typed[field], 'text');
      return problem === undefined ? [] : [{ field, problem }];
    });
    if (problems.length > 0) return { ok: false, reason: 'invalid', problems };

    await lockNames(tx, edition);
    const { rows: known } = await tx.query<{ id: string; application: string | null; state: string | null }>(
      `select p.id, a.id as application, a.state from person p left join application a on a.edition = p.edition and a.person = p.id
       where p.edition = $1 and p.id = $2`,
      [edition, (await personAt(tx, edition, email)) ?? ''],
    );
    const [met] = known;
    const { rows: counted } = await tx.query<{ n: number }>('select count(*) as n from application where edition = $1', [edition]);
    const n = (counted[0]?.n ?? 0) + 1;
    const person = met?.id ?? (await freeId(tx, { edition, stem: 'applicant', from: n, digits: 2 }));
    if (met === undefined)
      await tx.query(`insert into person (edition, id, role, name, email) values ($1, $2, 'applicant', $3, $4)`, [
        edition,
        person,
        name,
        email,
      ]);
    if (met?.application === undefined || met.application === null) {
      const id = numbered('a', n);
      const tracked = relay !== undefined && row.file.people.some((p) => p.id === relay && p.role === 'relay') ? relay : null;
      await tx.query('insert into application (edition, id, person, title, relay, started_at) values ($1, $2, $3, $4, $5, $6)', [
        edition,
        id,
        person,
        title,
        tracked,
        new Date(at),
      ]);
      await tx.query('insert into draft (request, body, saved_at) values ($1, $2, $3)', [
        await seatApplicant(tx, { edition, call: call.id, person, at }),
        JSON.stringify({ title }),
        new Date(at),
      ]);
      await audit(tx, [{ edition, at, actor: person, verb: 'application.started', subject: id, detail: { relay: tracked } }]);
    } else if (met.state === 'draft') await seatApplicant(tx, { edition, call: call.id, person, at });
    const request = (await lastPlace(tx, edition, person)) ?? requestId(call.id, person);
    const key = `link.${request}.${Math.floor(at / freshLinkEveryMs)}`;
    await queueMails(tx, { edition, at, dueAt: at, mails: [{ key, person, template: 'link', context: { request } }] });
    await oweWake(tx, edition, realNow);
    // Whoever types an address the edition knows has not shown that it is theirs: the mail does.
    return { ok: true, edition, wake: true, ...(met === undefined ? { request, linkN: 1 } : {}) };
  });
}

/** Gives a person their place in a call, if they have none in it yet; its request. */
async function seatApplicant(
  tx: Tx,
  { edition, call, person, at }: { edition: string; call: string; person: string; at: number },
): Promise<string> {
  await seatPeople(tx, { edition, ask: call, people: [{ person, seat: person }], at });
  return requestId(call, person);
}

/** The place a person has in the latest call that asked them: what they submitted to an earlier one stays where it is. */
async function lastPlace(tx: Tx, edition: string, person: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ request: string }>(
    `select p.request from ask_person p join ask a on a.id = p.ask
     where p.edition = $1 and p.person = $2 and a.kind = 'apply' order by a.generation desc limit 1`,
    [edition, person],
  );
  return rows[0]?.request;
}

/** Saves a draft, all that was typed, of which the application takes what it can; or submits it whole. After the closing, the clock refuses. */
export async function saveApplication(
  store: Store,
  { request, raw, submit, from, ...when }: { request: string; raw: Raw; submit: boolean; from?: number } & When,
): Promise<Act & { version?: number }> {
  return inTransaction(store.pool, async (tx) => {
    const place = await lockPlace(tx, request, when);
    if (place === undefined || place.ask.kind !== 'apply') return { ok: false, reason: 'unknown' };
    const { row, person, at } = place;
    const refusal = await refusalOf(tx, place);
    const read = readFields(applicationFields(row.file.needs.map(({ id }) => id)), raw);
    if (refusal !== undefined) {
      const said = submit && (await isSaidAlready(tx, place, { request, answer: read.answer }));
      return said ? { ok: true, edition: row.id, wake: false } : refusal;
    }
    if (submit && read.problems.length > 0) return { ok: false, reason: 'invalid', problems: read.problems };
    const isFirst = submit || !(await wasSaved(tx, place, request));
    const kept = submit ? undefined : await writeDraft(tx, { request, raw, at, from });
    if (kept?.ok === false) return kept;

    const { title = null, need = null, summary = null } = read.answer;
    await tx.query(
      `update application set title = coalesce($3, title), need = $4, summary = coalesce($5, ''),
         state = case when $6 then 'submitted' else state end, submitted_at = case when $6 then $7::timestamptz else submitted_at end
       where edition = $1 and person = $2`,
      [row.id, person, title, need, summary, submit, new Date(at)],
    );
    if (submit) {
      await closePlace(tx, { request, at, answer: read.answer, declined: false });
      await queueReceipt(tx, { edition: row.id, request, person, at });
    }
    const verb = submit ? 'application.submitted' : 'application.saved';
    if (isFirst) await audit(tx, [{ edition: row.id, at, actor: person, verb, subject: place.ask.id }]);
    return { ok: true, edition: row.id, wake: false, ...(kept === undefined ? {} : { version: kept.version }) };
  });
}

/** Whether a form was saved since it was begun: the journal is told once, not at every pause of whoever types. */
async function wasSaved(tx: Tx, { row, person }: Place, request: string): Promise<boolean> {
  const { rows } = await tx.query<{ saved: boolean }>(
    `select d.saved_at > a.started_at as saved from draft d join application a on a.edition = $2 and a.person = $3 where d.request = $1`,
    [request, row.id, person],
  );
  return rows[0]?.saved ?? false;
}
