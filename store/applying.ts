import type { FieldProblem } from '../domain/forms.js';
import { maxTextLength } from '../domain/forms.js';
import { type Act, closePlace, isAddress, isName, lockPlace, queueReceipt, type Raw, refusalOf, type When } from './acts.js';
import { lockCall, requestId, seatPeople } from './asks.js';
import { audit } from './audit.js';
import { inTransaction, type Store } from './db.js';
import { findEdition, oweWake } from './editions.js';
import { queueMails } from './outbox.js';

/** What starting an application answers: the new place, unless the address already has one (its link is mailed instead). */
export type Started = Act & { request?: string; linkN?: number };

/** Begins an application: a person, a draft, and a link of their own by mail. An address that has one already gets its link again. */
export async function startApplication(
  store: Store,
  { edition, name, email, title, relay, realNow }: { edition: string; name: string; email: string; title: string; relay?: string } & When,
): Promise<Started> {
  return inTransaction(store.pool, async (tx) => {
    const row = await findEdition(tx, edition);
    const call = row === undefined ? undefined : await lockCall(tx, edition);
    if (row === undefined || call === undefined || row.status !== 'running') return { ok: false, reason: 'closed' };
    const at = realNow + row.clock_offset_ms;
    if (call.ends_at !== null && call.ends_at.getTime() <= at) return { ok: false, reason: 'late' };
    if (!isAddress(email.trim())) return { ok: false, reason: 'address' };
    const problems: FieldProblem[] = [];
    if (!isName(name)) problems.push({ field: 'name', problem: 'required' });
    if (!isName(title)) problems.push({ field: 'title', problem: 'required' });
    if (problems.length > 0) return { ok: false, reason: 'invalid', problems };

    const { rows: known } = await tx.query<{ id: string; application: string | null }>(
      `select p.id, a.id as application from person p left join application a on a.edition = p.edition and a.person = p.id
       where p.edition = $1 and lower(p.email) = lower($2)`,
      [edition, email.trim()],
    );
    const { rows: counted } = await tx.query<{ n: number }>('select count(*) as n from application where edition = $1', [edition]);
    const n = String((counted[0]?.n ?? 0) + 1).padStart(2, '0');
    const person = known[0]?.id ?? `applicant-${n}`;
    const request = requestId(call.id, person);
    const link = { key: `link.${request}.${Math.floor(at / 60_000)}`, person, template: 'link' as const, context: { request } };
    if (known[0]?.application === undefined || known[0].application === null) {
      if (known[0] === undefined)
        await tx.query(`insert into person (edition, id, role, name, email) values ($1, $2, 'applicant', $3, $4)`, [
          edition,
          person,
          name.trim(),
          email.trim(),
        ]);
      const tracked = relay !== undefined && row.file.people.some((p) => p.id === relay && p.role === 'relay') ? relay : null;
      await tx.query('insert into application (edition, id, person, title, relay, started_at) values ($1, $2, $3, $4, $5, $6)', [
        edition,
        `a-${n}`,
        person,
        title.trim(),
        tracked,
        new Date(at),
      ]);
      await seatPeople(tx, { edition, ask: call.id, people: [{ person, seat: person }], at });
      await tx.query('insert into draft (request, body, saved_at) values ($1, $2, $3)', [
        request,
        JSON.stringify({ title: title.trim() }),
        new Date(at),
      ]);
      await audit(tx, [{ edition, at, actor: person, verb: 'application.started', subject: `a-${n}`, detail: { relay: tracked } }]);
    }
    await queueMails(tx, { edition, at, dueAt: at, mails: [link] });
    await oweWake(tx, edition, realNow);
    const fresh = known[0]?.application === undefined || known[0].application === null;
    return { ok: true, edition, wake: true, ...(fresh ? { request, linkN: 1 } : {}) };
  });
}

const text = (raw: Raw, name: string) => ([raw[name] ?? ''].flat()[0] ?? '').replaceAll('\r\n', '\n').trim();

/** Saves a draft as far as it goes, or submits it whole. After the closing, the clock refuses. */
export async function saveApplication(
  store: Store,
  { request, raw, submit, ...when }: { request: string; raw: Raw; submit: boolean } & When,
): Promise<Act> {
  return inTransaction(store.pool, async (tx) => {
    const place = await lockPlace(tx, request, when);
    if (place === undefined || place.ask.kind !== 'apply') return { ok: false, reason: 'unknown' };
    const { row, person, at } = place;
    const refusal = await refusalOf(tx, place);
    if (refusal !== undefined) return refusal;
    const [title, need, summary] = [text(raw, 'title'), text(raw, 'need'), text(raw, 'summary')];
    const problems: FieldProblem[] = [];
    if ((submit || title !== '') && !isName(title))
      problems.push({ field: 'title', problem: title === '' ? 'required' : 'control-characters' });
    if ((submit || need !== '') && !row.file.needs.some((n) => n.id === need))
      problems.push({ field: 'need', problem: need === '' ? 'required' : 'not-a-choice' });
    if (summary.length > maxTextLength) problems.push({ field: 'summary', problem: 'too-long' });
    if (submit && summary === '') problems.push({ field: 'summary', problem: 'required' });
    if (problems.length > 0) return { ok: false, reason: 'invalid', problems };

    await tx.query(
      `update application set title = coalesce(nullif($3, ''), title), need = nullif($4, ''), summary = $5,
         state = case when $6 then 'submitted' else state end, submitted_at = case when $6 then $7::timestamptz else submitted_at end
       where edition = $1 and person = $2`,
      [row.id, person, title, need, summary, submit, new Date(at)],
    );
    if (submit) {
      await closePlace(tx, { request, at, answer: { title, need, summary }, declined: false });
      await queueReceipt(tx, { edition: row.id, request, person, at });
    } else {
      const body = JSON.stringify({ title, need, summary });
      await tx.query(
        'insert into draft (request, body, saved_at) values ($1, $2, $3) on conflict (request) do update set body = excluded.body, saved_at = excluded.saved_at',
        [request, body, new Date(at)],
      );
    }
    const verb = submit ? 'application.submitted' : 'application.saved';
    await audit(tx, [{ edition: row.id, at, actor: person, verb, subject: place.ask.id }]);
    return { ok: true, edition: row.id, wake: false };
  });
}
