import type { CivilDate } from '../domain/calendar.js';
import type { Fate } from '../domain/letters.js';
import { LINK_WHYS, type LinkWhy, type MailContent, type MailItem, type Reader, type Template } from '../domain/mails.js';
import { bodyOf } from '../domain/sittings.js';
import { isStepId } from '../domain/steps.js';
import type { AskView } from '../domain/view.js';
import type { Envelope } from '../mail/mime.js';
import { findStart } from '../store/acts/start.js';
import { requestId } from '../store/asks.js';
import { entriesOfMails } from '../store/calendar.js';
import type { Db } from '../store/db.js';
import { documentsOf } from '../store/documents.js';
import type { EditionRow } from '../store/editions.js';
import { findFormer } from '../store/formeraddresses.js';
import { linkOf, preferencesLinkOf, startLinkOf } from '../store/links.js';
import { messagesOf } from '../store/messages.js';
import type { MailAsk, OutboxRow } from '../store/outbox.js';
import { reasonOf } from '../store/projects.js';
import { undeliveredOf } from '../store/undelivered.js';
import { editionView, readStage, viewsOn } from '../store/views/index.js';
import type { LinkBase } from './dependencies.js';
import { digestsOf } from './digest.js';
import { calendarMail } from './invite.js';
import { unreachableContent } from './unreachable.js';

/** A mail ready to be rendered, with the asks it still speaks of; no content: everything in it was answered meanwhile. */
export interface Composed {
  row: OutboxRow;
  content?: MailContent;
  asks: MailAsk[];
  /** What the bytes carry beside the words. */
  with?: Pick<Envelope, 'headers' | 'invitations'>;
}

/** Turns queued ids into what mails say, at the moment of rendering: what was answered or closed meanwhile falls out. */
export async function compose(
  db: Db,
  { row: edition, rows, at, links }: { row: EditionRow; rows: OutboxRow[]; at: number; links: LinkBase },
): Promise<Composed[]> {
  const requests = rows.flatMap((row) => [
    ...row.asks.map((item) => requestId(item.ask, item.about ?? row.person, edition.request_salt)),
    ...contextRequest(row),
  ]);
  const persons = [
    ...new Set(
      rows.flatMap((row) => [row.person, ...row.asks.flatMap((a) => (a.about === undefined ? [] : [a.about])), ...contextPerson(row)]),
    ),
  ];
  const stage = await readStage(db, edition, { requests: [...new Set(requests)], persons, at });
  const views = new Map((await viewsOn(stage, [...new Set(requests)])).map((view) => [view.request, view]));
  const { people } = stage;
  const link = (view: AskView) => linkOf(links.publicUrl, links.linkKey, view.request, view.linkN);
  const consoleLink = `${links.publicUrl}/editions/${edition.id}`;
  const applications = rows.some((row) => row.context.application !== undefined) ? await stage.applications() : [];

  const calendars = rows.filter((row) => row.template === 'calendar').map((row) => row.id);
  const entries = calendars.length === 0 ? new Map() : await entriesOfMails(db, calendars);
  const written = await messagesOf(db, edition.id, [
    ...new Set(rows.flatMap((row) => (row.template === 'message' ? [Number(row.context.message)] : []))),
  ]);
  const digests = await digestsOf(db, {
    row: edition,
    rows: rows.filter((row) => row.template === 'digest'),
    at,
    linkOf: link,
    console: consoleLink,
  });

  const composed: Composed[] = [];
  for (const row of rows) {
    if (row.template === 'begin' || row.template === 'replaced') {
      composed.push(await (row.template === 'begin' ? beginning(row) : toFormer(row)));
      continue;
    }
    const person = people.get(row.person);
    if (person === undefined) {
      composed.push({ row, asks: [] });
      continue;
    }
    const reader: Reader = {
      id: person.id,
      name: person.name,
      email: person.email,
      locale: person.locale ?? edition.file.territory.locale,
      preferences: preferencesLinkOf(links.publicUrl, links.linkKey, { ref: person.ref, n: person.preferences_n }),
    };
    const frame = { at, edition: editionView(edition), reader };
    composed.push(await one({ ...row, template: row.template }, frame));
  }
  return composed;

  /** To whoever reads the address that a visitor gave, who is nobody of the edition; what was erased, or is begun, is not written of. */
  async function beginning(row: OutboxRow): Promise<Composed> {
    const start = await findStart(db, String(row.context.start));
    if (start === undefined || start.request !== null) return { row, asks: [] };
    const reader = { id: row.person, name: '', email: start.email, locale: edition.file.territory.locale };
    const href = startLinkOf(links.publicUrl, links.linkKey, String(row.context.start));
    return { row, asks: [], content: { at, edition: editionView(edition), reader, template: 'begin', link: href } };
  }

  /** To where somebody was written to before. */
  async function toFormer(row: OutboxRow): Promise<Composed> {
    const email = await findFormer(db, String(row.context.former));
    const person = people.get(row.person);
    if (email === undefined) return { row, asks: [] };
    const reader = { id: row.person, name: person?.name ?? '', email, locale: person?.locale ?? edition.file.territory.locale };
    return { row, asks: [], content: { at, edition: editionView(edition), reader, template: 'replaced' } };
  }

  async function one(
    row: OutboxRow & { template: Exclude<Template, 'begin' | 'replaced'> },
    frame: Pick<MailContent, 'edition' | 'reader' | 'at'>,
  ): Promise<Composed> {
    switch (row.template) {
      case 'asks': {
        const kept = row.asks.flatMap((item) => itemOf(row, item));
        const asks = kept.map(({ item }) => item);
        return kept.length === 0
          ? { row, asks }
          : { row, asks, content: { ...frame, template: 'asks', items: kept.map(({ mail }) => mail) } };
      }
      case 'receipt':
      case 'link': {
        const view = views.get(String(row.context.request));
        return view === undefined
          ? { row, asks: [] }
          : {
              row,
              asks: [],
              content:
                row.template === 'receipt'
                  ? { ...frame, template: 'receipt', view, link: link(view) }
                  : { ...frame, template: 'link', view, link: link(view), ...whyLink(row) },
            };
      }
      case 'handed-over': {
        const given = contextRequest(row).flatMap((request) => views.get(request) ?? []);
        const to = people.get(String(row.context.to))?.name;
        return { row, asks: [], content: { ...frame, template: 'handed-over', views: given, ...(to === undefined ? {} : { to }) } };
      }
      case 'sent-back': {
        const view = views.get(String(row.context.request));
        return view?.sentBack === undefined
          ? { row, asks: [] }
          : { row, asks: [], content: { ...frame, template: 'sent-back', view, link: link(view) } };
      }
      case 'letter':
      case 'told-out': {
        const application = applications.find((a) => a.id === row.context.application);
        if (application === undefined) return { row, asks: [] };
        const need = edition.file.needs.find((n) => n.id === application.need)?.title ?? '';
        const shown = { title: application.title, need };
        if (row.template === 'told-out')
          return {
            row,
            asks: [],
            content: { ...frame, template: 'told-out', application: shown, declined: row.context.why === 'declined' },
          };
        return {
          row,
          asks: [],
          content: { ...frame, template: 'letter', fate: fateOf(row), application: shown, reason: application.reason ?? '' },
        };
      }
      case 'risk': {
        const { slack, steps, target, body, sitting, project: about } = row.context;
        const project = about === undefined ? undefined : stage.projects.find((p) => p.id === about)?.title;
        const named =
          typeof body === 'string' && typeof sitting === 'string' ? { body: bodyOf(edition.file, body).name, date: sitting } : undefined;
        return {
          row,
          asks: [],
          content: {
            ...frame,
            template: 'risk',
            ...(project === undefined ? {} : { project }),
            slackWorkingDays: Number(slack),
            steps: [steps ?? []].flat().map(String).filter(isStepId),
            target: dateOf(target),
            ...(named === undefined ? {} : { sitting: named }),
            console: consoleLink,
          },
        };
      }
      case 'outcome': {
        const project = stage.projects.find((p) => p.id === row.context.project);
        if (project?.outcome === null || project === undefined) return { row, asks: [] };
        const reason = await reasonOf(db, edition.id, project);
        return { row, asks: [], content: { ...frame, template: 'outcome', outcome: project.outcome, project: project.title, reason } };
      }
      case 'back': {
        const project = stage.projects.find((p) => p.id === row.context.project)?.title;
        const step = String(row.context.step);
        if (!isStepId(step)) return { row, asks: [] };
        return { row, asks: [], content: { ...frame, template: 'back', step, ...(project === undefined ? {} : { project }) } };
      }
      case 'undelivered': {
        const mails = await undeliveredOf(db, edition.id, [row.context.mails ?? []].flat().map(Number));
        return mails.length === 0
          ? { row, asks: [] }
          : { row, asks: [], content: { ...frame, template: 'undelivered', mails, console: consoleLink } };
      }
      case 'unreachable': {
        const content = await unreachableContent(db, { edition, row, at, console: consoleLink });
        return content === undefined ? { row, asks: [] } : { row, asks: [], content: { ...frame, ...content } };
      }
      case 'message': {
        const found = written.get(Number(row.context.message));
        return found === undefined
          ? { row, asks: [] }
          : { row, asks: [], content: { ...frame, template: 'message', subject: found.subject, body: found.body } };
      }
      case 'ended':
        return { row, asks: [], content: { ...frame, template: 'ended' } };
      case 'calendar': {
        const told = entries.get(row.id) ?? [];
        const person = people.get(row.person);
        return {
          row,
          asks: [],
          ...(told.length === 0 || person === undefined ? {} : await calendarMail(db, { edition, entries: told, frame, person, links })),
        };
      }
      case 'digest': {
        const digest = digests.get(row.id);
        return digest === undefined
          ? { row, asks: [] }
          : { row, asks: [], content: { ...frame, ...digest }, with: { headers: oneClick(frame.reader) } };
      }
      case 'restitution': {
        const [document] = await documentsOf(db, edition.id, { step: 'restitution', project: '' });
        return document === undefined
          ? { row, asks: [] }
          : { row, asks: [], content: { ...frame, template: 'restitution', title: document.title, body: document.body } };
      }
    }
  }

  function itemOf(row: OutboxRow, item: MailAsk): { item: MailAsk; mail: MailItem }[] {
    const view = views.get(requestId(item.ask, item.about ?? row.person, edition.request_salt));
    if (view === undefined || view.ask.outcome !== undefined || view.closed !== undefined) return [];
    if (item.about === undefined) return [{ item, mail: { view, rung: item.rung, link: link(view) } }];
    const late = people.get(item.about);
    return late === undefined
      ? []
      : [{ item, mail: { view, rung: item.rung, about: { id: late.id, name: late.name, role: late.role }, link: consoleLink } }];
  }
}

/** A mail program shows a button that stops the digest (RFC 8058); what asks or decides has none. */
const oneClick = ({ preferences }: Reader): Record<string, string> => ({
  'List-Unsubscribe': `<${preferences}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

const contextRequest = ({ context: { request, requests } }: OutboxRow): string[] => [request ?? [], requests ?? []].flat().map(String);
const contextPerson = ({ context: { to } }: OutboxRow): string[] => (typeof to === 'string' ? [to] : []);
function whyLink({ context }: OutboxRow): { why?: LinkWhy } {
  const why = LINK_WHYS.find((one) => one === context.why);
  return why === undefined ? {} : { why };
}
const dateOf = (value: unknown): CivilDate => (typeof value === 'string' ? value : '');

function fateOf(row: OutboxRow): Fate {
  const { fate } = row.context;
  return fate === 'retained' || fate === 'reserve' ? fate : 'not-retained';
}
