import { type Calendar, calendarOf } from '../../domain/calendar.js';
import { type Guarantee, guarantees } from '../../rehearsal/guarantees.js';
import { mailText } from '../../rehearsal/mailtext.js';
import { type LivedAsk, type LivedMail, livedAsks, livedMails } from '../../rehearsal/record.js';
import { type Entry, journal } from '../../store/audit.js';
import type { Store } from '../../store/db.js';
import { findEdition } from '../../store/editions.js';
import { type FactRow, factsOf } from '../../store/facts.js';
import { type IncidentRow, openIncidents } from '../../store/incidents.js';
import { type ProjectRow, projectsOf } from '../../store/projects.js';

/** Everything that was lived in an edition, and how a test speaks of it. */
export interface Chronicle {
  calendar: Calendar;
  status: string;
  facts: FactRow[];
  asks: LivedAsk[];
  mails: LivedMail[];
  projects: ProjectRow[];
  journal: Entry[];
  incidents: IncidentRow[];
  guarantees: Guarantee[];
  /** An instant on the territory's clock: `2023-01-16 09:00`. */
  local(at: number | null): string;
  /** What a person was sent, a line each: when, then what was asked for or escalated, or the template. Digests and calendars have tests of their own. */
  sentTo(person: string): string[];
  /** When steps ended: `interviews 2023-02-15 complete`, one line per fact, a project's behind its id. */
  finished(project?: string): string[];
}

/** What every link in a mail of these tests begins with. */
export const publicUrl = 'https://troismains.example';

/** Reads what an edition has lived so far. */
export async function chronicle(store: Store, edition: string): Promise<Chronicle> {
  const row = await findEdition(store.pool, edition);
  if (row === undefined) throw new Error(`there is no edition ${edition}`);
  const calendar = calendarOf(row.file.territory);
  const facts = await factsOf(store.pool, edition);
  const asks = await livedAsks(store.pool, edition);
  const mails = await livedMails(store.pool, edition);
  const local = (at: number | null) => (at === null ? '–' : `${calendar.dateOf(at)} ${calendar.timeOf(at)}`);
  return {
    calendar,
    status: row.status,
    facts,
    asks,
    mails,
    projects: await projectsOf(store.pool, edition),
    journal: await journal(store.pool, edition),
    incidents: await openIncidents(store.pool, edition),
    // read only when asked for: a test that waits looks at what was lived many times
    get guarantees() {
      return guarantees({ asks, mails: mails.map((mail) => ({ ...mail, text: mailText(mail.bytes) })), calendar, publicUrl });
    },
    local,
    sentTo: (person) =>
      mails
        .filter((m) => m.person === person && m.template !== 'digest' && m.template !== 'calendar')
        .map((m) => `${local(m.at)} ${m.asks.length > 0 ? told(m, asks) : m.template}`)
        .sort(), // what leaves in one minute leaves in no order
    finished: (project) =>
      facts
        .filter((fact) => fact.what === 'finished' && (fact.project ?? undefined) === project)
        .map((fact) => `${fact.step} ${fact.recorded_on} ${fact.outcome}${fact.version > 1 ? ` v${fact.version}` : ''}`),
  };
}

/** What a mail asks for: rung, step and kind, then what tells its asks apart; `(pmi)`: about whom. */
function told(mail: LivedMail, asks: readonly LivedAsk[]): string {
  const lines = new Map<string, string[]>();
  for (const { ask: id, rung, about } of mail.asks) {
    const ask = asks.find((a) => a.id === id);
    const line = `${rung} ${ask?.step}/${ask?.kind}${about === undefined ? '' : ` (${about})`}`;
    const version = ask !== undefined && ask.version > 1 ? `v${ask.version}` : null;
    const generation = ask !== undefined && ask.generation > 1 ? `g${ask.generation}` : null;
    const which = [ask?.project, version, ask?.part, generation].filter((word) => word !== null).join(':');
    lines.set(line, [...(lines.get(line) ?? []), which]);
  }
  return [...lines].map(([line, which]) => [line, ...which.filter((word) => word !== '').sort()].join(' ')).join(' + ');
}
