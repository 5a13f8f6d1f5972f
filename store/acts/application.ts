import { isAddress } from '../../domain/address.js';
import { applicationText } from '../../domain/asks/form-text.js';
import type { Answer, FieldProblem, Raw } from '../../domain/asks/forms.js';
import { isPastHardEnd } from '../../domain/asks/hard-end.js';
import { numbered } from '../../domain/ids.js';
import { readWhole } from '../../domain/kinds/index.js';
import { problemOfText, tidy, tidyLine } from '../../domain/text.js';
import { lockCall, requestId, seatPeople } from '../asks.js';
import { type Db, inTransaction, type Store, type Tx } from '../db.js';
import { endsAsOf, findEdition, takesAnswers } from '../editions.js';
import { freeId, lockNames, peopleOf, personAt } from '../people.js';
import { findForm } from '../views/index.js';
import { closePlace, isSaidAlready, receiptOf } from './answer.js';
import { apply, type Planned, perform, type When } from './change.js';
import { writeDraft } from './draft.js';
import { freshLinkEveryMs } from './fresh-link.js';
import { type Act, holdPlace, lockPlace, type Place, type Refusal, refusalOf } from './place.js';

/** What starting an application answers: the place, and which number of links to it is valid. */
export type Started = Act & { request?: string; linkN?: number };

type Start = { edition: string; name: string; email: string; title: string; relay?: string } & When;

/**
 * Begins an application, for somebody who has shown that they read the address (start.ts): a person, a draft, and a link of their own by mail; whoever
 * has one already goes on in it, and gets its link again. A link goes to an address once in five minutes at most.
 */
export const startApplication = (store: Store, act: Start): Promise<Started> => perform(store, act, (tx) => planStart(tx, act));

async function planStart(
  tx: Tx,
  { edition, relay, realNow, ...typed }: Start,
): Promise<Planned<{ request?: string; linkN?: number }> | Refusal> {
  const [name, email, title] = [tidyLine(typed.name), tidy(typed.email), tidyLine(typed.title)];
  const row = await findEdition(tx, edition);
  const call = row === undefined ? undefined : await lockCall(tx, edition);
  if (row === undefined || call === undefined || !takesAnswers(row)) return { ok: false, reason: 'closed' };
  const at = realNow + row.clock_offset_ms;
  if (isPastHardEnd({ kind: call.kind, endsAt: call.ends_at?.getTime() ?? null, dueAt: call.due_at.getTime() }, endsAsOf(row, at)))
    return { ok: false, reason: 'late' };
  if (!isAddress(email)) return { ok: false, reason: 'address' };
  const problems = (['name', 'title'] as const).flatMap((field): FieldProblem[] => {
    const problem = problemOfText(typed[field], 'text');
    return problem === undefined ? [] : [{ field, problem }];
  });
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };

  await lockNames(tx, edition);
  const known = await personAt(tx, edition, email);
  const { n, state } = await begunBy(tx, edition, known);
  const person = known ?? (await freeId(tx, { edition, stem: 'applicant', from: n, digits: 2 }));
  const isNew = state === null;
  // a draft that was begun in an earlier call goes on in this one; what was submitted stays where it is
  const seated = isNew || state === 'draft';
  const request = (seated ? undefined : await lastPlace(tx, edition, person)) ?? requestId(call.id, person, row.request_salt);
  const tracked = relay !== undefined && (await peopleOf(tx, edition, [relay])).get(relay)?.role === 'relay' ? relay : null;
  const application = numbered('a', n);
  const key = `link.${request}.${Math.floor(at / freshLinkEveryMs)}`;
  return {
    ok: true,
    actor: person,
    change: {
      edition,
      at,
      async write(tx) {
        if (known === undefined)
          await tx.query(`insert into person (edition, id, role, name, email) values ($1, $2, 'applicant', $3, $4)`, [
            edition,
            person,
            name,
            email,
          ]);
        else await tx.query(`update person set role = 'applicant' where edition = $1 and id = $2 and role = 'delegate'`, [edition, person]);
        if (isNew)
          await tx.query('insert into application (edition, id, person, title, relay, started_at) values ($1, $2, $3, $4, $5, $6)', [
            edition,
            application,
            person,
            title,
            tracked,
            new Date(at),
          ]);
        if (seated) await seatPeople(tx, { row, ask: call.id, people: [{ person, seat: person }], at });
        if (isNew)
          await tx.query('insert into draft (request, body, saved_at) values ($1, $2, $3)', [
            request,
            JSON.stringify({ title }),
            new Date(at),
          ]);
      },
      entries: isNew ? [{ verb: 'application.started', subject: application, detail: { relay: tracked } }] : [],
      mail: { dueAt: at, mails: [{ key, person, template: 'link', context: { request } }] },
      wake: true,
    },
    done: { request, linkN: await linkNumberOf(tx, request) },
  };
}

/** The number that the next application takes, which none ever had, and how that of a person stands, if they have one. */
async function begunBy(db: Db, edition: string, person: string | undefined): Promise<{ n: number; state: string | null }> {
  const { rows } = await db.query<{ n: number; state: string | null }>(
    `select 1 + greatest(0, (select max(substring(id from '[0-9]+$')::int) from application where edition = $1),
         (select max(substring(subject from '[0-9]+$')::int) from audit where edition = $1 and verb = 'application.started')) as n,
       (select state from application where edition = $1 and person = $2) as state`,
    [edition, person ?? null],
  );
  return rows[0] ?? { n: 1, state: null };
}

/** Which number of links to a place is valid; one that is about to be made begins with the first. */
async function linkNumberOf(db: Db, request: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select link_n as n from ask_person where request = $1', [request]);
  return rows[0]?.n ?? 1;
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

type Save = { request: string; raw: Raw; from?: number } & When;

/** Saves a draft, all that was typed, of which the application takes what it can; or submits it whole. After the closing, the clock refuses. */
export const saveApplication = (store: Store, { submit, ...act }: Save & { submit: boolean }): Promise<Act & { version?: number }> =>
  submit ? perform(store, act, (tx) => planSubmit(tx, act)) : keepApplication(store, act);

async function planSubmit(tx: Tx, { request, raw, ...when }: Save): Promise<Planned<object> | Refusal> {
  const place = await lockPlace(tx, request, when);
  if (place === undefined || place.ask.kind !== 'apply') return { ok: false, reason: 'unknown' };
  const { row, person, at, ask } = place;
  const refusal = refusalOf(place);
  const read = readWhole(await findForm(tx, place), raw);
  if (refusal !== undefined)
    return (await isSaidAlready(tx, place, read.answer)) ? { ok: true, actor: person, change: { edition: row.id, at }, done: {} } : refusal;
  if (read.problems.length > 0) return { ok: false, reason: 'invalid', problems: read.problems };
  return {
    ok: true,
    actor: person,
    change: {
      edition: row.id,
      at,
      async write(tx) {
        await closePlace(tx, { request, at, answer: read.answer, declined: false }); // first: an autosave holds the place
        await writeApplication(tx, place, read, { submit: true });
      },
      entries: [{ verb: place.reopened ? 'ask.corrected' : 'application.submitted', subject: ask.id }],
      mail: { dueAt: at, mails: [receiptOf(place, at)] },
    },
    done: {},
  };
}

async function keepApplication(store: Store, { request, raw, from, ...when }: Save): Promise<Act & { version?: number }> {
  return inTransaction(store.pool, async (tx) => {
    const place = await holdPlace(tx, request, when);
    if (place === undefined || place.ask.kind !== 'apply') return { ok: false, reason: 'unknown' };
    const refusal = refusalOf(place);
    if (refusal !== undefined) return refusal;
    const { row, person, at, ask } = place;
    const isFirst = !(await wasSaved(tx, place));
    const kept = await writeDraft(tx, { request, raw, at, from });
    if (!kept.ok) return kept;
    const change = {
      edition: row.id,
      at,
      // what was sent counts until it is sent again
      ...(place.reopened
        ? {}
        : { write: async (tx: Tx) => writeApplication(tx, place, readWhole(await findForm(tx, place), raw), { submit: false }) }),
      entries: isFirst ? [{ verb: 'application.saved' as const, subject: ask.id }] : [],
    };
    await apply(tx, change, { actor: person, ...when });
    return { ok: true, edition: row.id, wake: false, version: kept.version };
  });
}

async function writeApplication(
  tx: Tx,
  { row, person, at }: Place,
  { answer, problems }: { answer: Answer; problems: readonly FieldProblem[] },
  { submit }: { submit: boolean },
): Promise<void> {
  const { title, need } = answer;
  // what cannot be taken leaves what there is; what is empty empties it
  const kept = problems.flatMap(({ field, problem }) => (problem === 'required' ? [] : [field]));
  await tx.query(
    `update application set title = coalesce($3, title), need = case when 'need' = any($9) then need else $4 end,
       summary = case when 'summary' = any($9) then summary else $5 end, answer = $6,
       state = case when $7 then 'submitted' else state end, submitted_at = case when $7 then $8::timestamptz else submitted_at end
     where edition = $1 and person = $2`,
    [
      row.id,
      person,
      title ?? null,
      need ?? null,
      applicationText(row.file, answer, row.file.territory.locale),
      JSON.stringify(answer),
      submit,
      new Date(at),
      kept,
    ],
  );
}

/** Whether a form was saved since it was begun: the journal is told once, not at every pause of whoever types. */
async function wasSaved(tx: Tx, { row, person, request }: Place): Promise<boolean> {
  const { rows } = await tx.query<{ saved: boolean }>(
    `select d.saved_at > a.started_at as saved from draft d join application a on a.edition = $2 and a.person = $3 where d.request = $1`,
    [request, row.id, person],
  );
  return rows[0]?.saved ?? false;
}
