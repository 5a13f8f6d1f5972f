import { calendarOf } from '../domain/calendar.js';
import { type Coming, hasMoved, isComing, isToldLate, mayKnow, type Part } from '../domain/digest.js';
import type { DigestContent } from '../domain/mails.js';
import type { AskView } from '../domain/view.js';
import { requestId } from '../store/asks.js';
import { waitingOn } from '../store/board.js';
import type { Db } from '../store/db.js';
import { comingOf, mailedSince, newsOf, openPlacesOf, partsOf } from '../store/digest.js';
import type { EditionRow } from '../store/editions.js';
import type { OutboxRow } from '../store/outbox.js';
import { type Standing, standingOf } from '../store/standing.js';
import { readStage, viewsOn } from '../store/views/index.js';

/** Dates to come that one digest names, beside those everything leads to. */
const mostDates = 5;

/**
 * What digests say, by the row of each, at the moment of rendering: what was answered meanwhile falls out; nothing for one that has nothing
 * left to tell, whose reader wants none any more, or whose edition is over. What all of them share is read once.
 */
export async function digestsOf(
  db: Db,
  {
    row: edition,
    rows,
    at,
    linkOf,
    console,
  }: { row: EditionRow; rows: readonly OutboxRow[]; at: number; linkOf(view: AskView): string; console: string },
): Promise<Map<number, DigestContent>> {
  const contents = new Map<number, DigestContent>();
  if (rows.length === 0 || edition.status !== 'running') return contents;
  const readers = [...new Set(rows.map(({ person }) => person))];
  const standing = await standingOf(db, edition);
  const parts = new Map((await partsOf(db, edition, standing.inputs, readers)).map((part) => [part.person, part]));
  const windows = new Map(rows.map((row) => [windowKey(row), windowOf(row)]));
  const news = new Map(
    await Promise.all([...windows].map(async ([key, window]) => [key, await newsOf(db, edition, window, standing)] as const)),
  );
  const coming = comingOf(edition, standing.inputs, at);
  const open = await placesNow(db, { edition, standing, parts: [...parts.values()], readers, at });
  const projects = Object.fromEntries(standing.inputs.projects.map(({ id, title }) => [id, title]));

  for (const row of rows) {
    const part = parts.get(row.person);
    const moved = news.get(windowKey(row)) ?? [];
    if (part === undefined || !hasMoved(part, moved)) continue;
    const asked = open.asked.get(part.person) ?? [];
    contents.set(row.id, {
      template: 'digest',
      week: String(row.context.week),
      news: moved.filter((one) => mayKnow(part, one)),
      asked: asked.map((view) => ({ view, link: linkOf(view) })),
      late: open.late.get(part.person) ?? [],
      coming: datesFor(part, coming, asked),
      projects,
      ...(part.role === 'coordinator' ? { console } : {}),
    });
  }
  return contents;
}

const windowOf = ({ context }: OutboxRow) => ({ since: Number(context.since), until: Number(context.until) });
const windowKey = ({ context }: OutboxRow) => `${context.since} ${context.until}`;

/** The dates that concern a reader: the nearest, and what everything leads to; not those of what is asked of them, which say their own. */
function datesFor(part: Part, coming: readonly Coming[], asked: readonly AskView[]): Coming[] {
  const own = (date: Coming) =>
    date.what === 'step' && asked.some(({ ask, project }) => ask.step === date.step && project?.id === date.project);
  const dates = coming.filter((date) => isComing(part, date) && !own(date));
  const isGoal = ({ what }: Coming) => what === 'decisions' || what === 'restitution';
  return [...dates.filter((date) => !isGoal(date)).slice(0, mostDates), ...dates.filter(isGoal)];
}

/** What is open now: asked of each reader, and what others owe, for those who are told. What a mail of its own says today is left out. */
async function placesNow(
  db: Db,
  {
    edition,
    standing,
    parts,
    readers,
    at,
  }: { edition: EditionRow; standing: Standing; parts: readonly Part[]; readers: readonly string[]; at: number },
): Promise<{ asked: Map<string, AskView[]>; late: Map<string, DigestContent['late'][number][]> }> {
  const calendar = calendarOf(edition.file.territory);
  const said = await mailedSince(db, edition.id, { people: readers, since: calendar.instantAt(calendar.dateOf(at), '00:00') });
  const places = (await openPlacesOf(db, edition.id, readers)).filter(({ person, ask }) => !said.has(`${person} ${ask} `));
  const tellsLate = parts.some(({ role }) => role === 'coordinator' || role === 'executive');
  const waits = tellsLate ? (await waitingOn(db, edition, at, standing)).filter(({ lateWorkingDays }) => lateWorkingDays > 0) : [];
  const requests = [
    ...places.map(({ request }) => request),
    ...waits.map(({ ask, person }) => requestId(ask, person.id, edition.request_salt)),
  ];
  const stage = await readStage(db, edition, { requests: [...new Set(requests)], at });
  const views = new Map((await viewsOn(stage, requests)).map((view) => [view.request, view]));

  const asked = new Map<string, AskView[]>();
  for (const { person, request } of places) {
    const view = views.get(request);
    if (view !== undefined) asked.set(person, [...(asked.get(person) ?? []), view]);
  }
  const late = new Map<string, DigestContent['late'][number][]>();
  for (const part of parts)
    for (const { ask, person, role } of waits) {
      const view = views.get(requestId(ask, person.id, edition.request_salt));
      if (view === undefined || !isToldLate(part, { person: person.id, role }) || said.has(`${part.person} ${ask} ${person.id}`)) continue;
      late.set(part.person, [...(late.get(part.person) ?? []), { view, name: person.name }]);
    }
  return { asked, late };
}
