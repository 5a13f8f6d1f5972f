/** The mails of an edition for its pages: lists of them, and one as it was or would be written. */
import type { Installation } from '../client/installation.js';
import { writtenToday } from '../client/verbs/written.js';
import type { ActName } from '../domain/acts.js';
import { mailRef, mailRefOf } from '../domain/mailrefs.js';
import { toldOnce } from '../domain/mails.js';
import { mailStateShown } from '../domain/words.js';
import { accountNames } from '../store/accounts.js';
import type { AskRow } from '../store/asks.js';
import { bouncesOf } from '../store/bounces.js';
import { type ComingRung, type HeldRung, mostShown, outgoing } from '../store/coming.js';
import { type EditionRow, findEdition, takesAnswers } from '../store/editions.js';
import { asksListed, type ListedRow, mailsListed } from '../store/maillist.js';
import { showMail } from '../store/mailview.js';
import { peopleOf } from '../store/people.js';
import { projectsOf } from '../store/projects.js';
import { editionView } from '../store/views/index.js';
import type { AskNames, MailPage, MailPart, MailQuery, MailRow } from './backend.js';

const pageOfRows = 50;

/** How asks are named, by their id. */
export function askNames(asks: readonly AskRow[], projects: readonly { id: string; title: string }[]): AskNames {
  const titles = new Map(projects.map(({ id, title }) => [id, title]));
  return Object.fromEntries(
    asks.map(({ id, kind, step, project, due }) => [
      id,
      { kind, step, due, ...(project === null ? {} : { project: titles.get(project) ?? project }) },
    ]),
  );
}

/** A page of an edition's mails. */
export async function mailsPart(installation: Installation, row: EditionRow, { from, ...filter }: MailQuery): Promise<MailPart> {
  const db = installation.store.pool;
  const at = installation.realNow() + row.clock_offset_ms;
  const { view, who, state, ask } = filter;
  const rungs = view === 'coming' ? row.status === 'running' : view === 'waiting' && (state ?? 'held') === 'held' && takesAnswers(row);
  const out = rungs ? await outgoing(db, row, { at, ask, who, onlyHeld: view === 'waiting' }) : undefined;
  const list = (from: number, limit: number) => mailsListed(db, row.id, { ...filter, from, limit });
  const held = (out?.held ?? []).toSorted((a, b) => a.at - b.at);
  const page: Listed[] =
    view === 'coming'
      ? [...(out?.coming ?? []), ...(await list(0, from + pageOfRows + 1))]
          .sort((a, b) => atOf(a) - atOf(b))
          .slice(from, from + pageOfRows + 1)
      : [...(view === 'waiting' ? held.slice(from) : []), ...(await list(Math.max(0, from - held.length), pageOfRows + 1))];
  const shown = page.slice(0, pageOfRows);
  const named = [...shown.flatMap((one) => asksOf(one)), ...(ask === undefined ? [] : [ask])];
  const asks = await asksListed(db, row.id, { named: [...new Set(named)], ended: view === 'left' });
  const written = shown.flatMap((one) => ('rung' in one ? [] : [one.id]));
  const bounces = written.length === 0 ? new Map() : await bouncesOf(db, { mails: written });
  const names = new Map(
    [...(await peopleOf(db, row.id, [...new Set(shown.flatMap((one) => peopleIn(one)))])).values()].map(({ id, name }) => [id, name]),
  );
  const accounts = await accountNames(
    db,
    shown.flatMap((one) => ('actor' in one ? [one.actor] : [])),
  );
  const name = (id: string) => names.get(id) ?? accounts.get(id) ?? id;
  const mails = shown.map((one) => ('rung' in one ? rungRow(one, { name }) : outboxRow(one, { name, bounced: bounces.get(one.id) })));
  return {
    edition: editionView(row),
    at,
    mails,
    asks: askNames(asks, await projectsOf(db, row.id)),
    recent: asks.flatMap(({ id, recent }) => (recent ? [id] : [])),
    ...(out?.cut && view === 'coming' ? { cut: mostShown } : {}),
    ...(page.length > pageOfRows ? { next: from + pageOfRows } : {}),
  };
}

type Listed = ComingRung | HeldRung | ListedRow;
const atOf = (one: Listed): number => ('rung' in one ? one.at : Math.max(one.due_at.getTime(), one.next_try_at?.getTime() ?? 0));
const asksOf = (one: Listed): string[] => ('rung' in one ? [one.ask] : one.asks.map(({ ask }) => ask));
const peopleIn = (one: Listed): string[] =>
  'rung' in one
    ? [one.person, one.about ?? one.person]
    : [one.person, ...one.asks.flatMap(({ about }) => (about === undefined ? [] : [about]))];

function rungRow(rung: ComingRung | HeldRung, { name }: { name(id: string): string }): MailRow {
  const isHeld = 'actor' in rung;
  const acts: ActName[] = isHeld
    ? ['release']
    : [
        ...(rung.rung === 'opening' ? [] : (['hold'] as const)),
        ...(rung.about === undefined && !rung.substitutes ? (['nudge'] as const) : []),
      ];
  return {
    ...{ id: mailRef(rung), at: rung.at, person: name(rung.person), subject: '', template: 'asks', state: isHeld ? 'held' : 'coming' },
    asks: [{ ask: rung.ask, rung: rung.rung, ...(rung.about === undefined ? {} : { about: name(rung.about) }) }],
    ...{ personId: rung.person, acts },
    ...(isHeld ? { held: { by: name(rung.actor), at: rung.since.getTime() } } : {}),
  };
}

function outboxRow(mail: ListedRow, { name, bounced }: { name(id: string): string; bounced?: string | undefined }): MailRow {
  return {
    ...{ id: String(mail.id), at: mail.sent_at?.getTime() ?? atOf(mail), person: name(mail.person), subject: mail.subject ?? '' },
    ...{ state: mailStateShown(mail.state, bounced), template: mail.template },
    asks: mail.asks.map(({ ask, rung, about }) => ({ ask, rung, ...(about === undefined ? {} : { about: name(about) }) })),
    acts: actsOn(mail, bounced),
  };
}

/** What can be done with a mail of the outbox, as far as its row tells. */
export function actsOn(
  { state, template, refusals, next_try_at }: Pick<ListedRow, 'state' | 'template' | 'refusals' | 'next_try_at'>,
  bounced: string | undefined,
): ActName[] {
  switch (state) {
    case 'held':
      return ['release'];
    case 'failed':
      return ['resend'];
    case 'uncertain':
      return next_try_at === null ? ['resend'] : [];
    case 'queued':
      return [...(toldOnce.includes(template) ? (['hold'] as const) : []), ...(refusals > 0 ? (['resend'] as const) : [])];
    case 'accepted':
      return toldOnce.includes(template) && (bounced === 'hard' || bounced === 'soft') ? ['resend'] : [];
    default:
      return [];
  }
}

/** A mail as it was written; one that is to come, or waits, as it would be written today. */
export async function mailPage(installation: Installation, edition: string, text: string): Promise<MailPage | undefined> {
  const db = installation.store.pool;
  const ref = mailRefOf(text);
  const row = ref === undefined ? undefined : await findEdition(db, edition);
  if (ref === undefined || row === undefined) return undefined;
  const now = installation.realNow() + row.clock_offset_ms;
  if (!('row' in ref)) {
    const { coming, held, people } = await outgoing(db, row, { at: now, ask: ref.ask });
    const found = [...held, ...coming].find((one) => mailRef(one) === mailRef(ref));
    if (found === undefined) return undefined;
    const { acts, state } = rungRow(found, { name: (id) => people.get(id)?.name ?? id });
    const written = await writtenToday(installation, row, ref);
    const to = people.get(ref.person)?.name ?? ref.person;
    return {
      ...{ edition: editionView(row), now, id: mailRef(ref), person: ref.person, ask: ref.ask },
      ...{ ...(written ?? nothing), at: found.at, to, state, acts, asToday: true },
    };
  }
  const shown = await showMail(db, ref.row);
  if (shown === undefined || shown.row.edition !== edition) return undefined;
  const { row: mail } = shown;
  const asToday = mail.bytes === null && (mail.state === 'queued' || mail.state === 'held');
  const written = asToday ? ((await writtenToday(installation, row, mail)) ?? nothing) : shown;
  const bounced = (await bouncesOf(db, { mails: [mail.id] })).get(mail.id);
  const to = (await peopleOf(db, edition, [mail.person])).get(mail.person)?.name ?? mail.person;
  const { subject, text: plain, html } = written;
  return {
    ...{ edition: editionView(row), now, id: String(mail.id), subject, text: plain, html, to },
    ...{ at: (mail.sent_at ?? mail.due_at).getTime(), state: mailStateShown(mail.state, bounced), acts: actsOn(mail, bounced), asToday },
  };
}
const nothing = { subject: '', text: '', html: '' };
