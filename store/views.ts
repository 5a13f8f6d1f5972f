import { askRules, type Choice } from '../domain/asks.js';
import { type Calendar, calendarOf } from '../domain/calendar.js';
import { bodyOf, circuitOf } from '../domain/circuits.js';
import type { Edition } from '../domain/edition.js';
import type { Answer, FormContext, Option } from '../domain/forms.js';
import { ladder, nextSendingTime } from '../domain/ladder.js';
import { summarise } from '../domain/scoring.js';
import { isCircuitStep, successorsOf } from '../domain/steps.js';
import type { ApplicationView, AskView, EditionView } from '../domain/view.js';
import { type AskRow, answersOf, findAsks } from './asks.js';
import type { Db } from './db.js';
import { type EditionRow, findEdition } from './editions.js';
import { planNow } from './plans.js';
import { applicationsOf, type DocumentRow, documentsOf, interestsOf, pairsOf, peopleOf, projectsOf, scoresOf } from './work.js';

interface PlaceRow {
  ask: string;
  person: string;
  edition: string;
  seat: string;
  joined_at: Date;
  on_behalf_of: string | null;
  request: string;
  link_n: number;
  closed: NonNullable<AskView['closed']>['state'] | null;
  closed_at: Date | null;
  answer: Answer | null;
  draft: Record<string, string | string[]> | null;
}

/** Everything a page or a mail shows of one person's place in one ask; `at`: business instant by edition. */
export async function findView(db: Db, request: string, businessNow: (clockOffsetMs: number) => number): Promise<AskView | undefined> {
  return (await viewsOf(db, [request], businessNow))[0];
}

/** Views of many places at once: what belongs to the ask is read once. */
export async function viewsOf(db: Db, requests: string[], businessNow: (clockOffsetMs: number) => number): Promise<AskView[]> {
  const { rows: places } = await db.query<PlaceRow>(
    `select p.ask, p.person, p.edition, p.seat, p.joined_at, p.on_behalf_of, p.request, p.link_n, p.closed, p.closed_at, p.answer, d.body as draft
     from ask_person p left join draft d on d.request = p.request where p.request = any($1)`,
    [requests],
  );
  const asks = new Map((await findAsks(db, [...new Set(places.map((p) => p.ask))])).map((row) => [row.id, row]));
  const frames = new Map<string, Promise<Frame | undefined>>();
  const views: AskView[] = [];
  for (const place of places) {
    const ask = asks.get(place.ask);
    if (ask === undefined) continue;
    const frame = frames.get(ask.id) ?? frameOf(db, ask, businessNow);
    frames.set(ask.id, frame);
    const made = await frame;
    if (made !== undefined) views.push(viewOf(made, place));
  }
  const order = new Map(requests.map((request, index) => [request, index]));
  return views.sort((a, b) => (order.get(a.request) ?? 0) - (order.get(b.request) ?? 0));
}

/** What belongs to the ask, whoever looks at it. */
interface Frame {
  row: EditionRow;
  edition: Edition;
  calendar: Calendar;
  at: number;
  ask: AskRow;
  people: Awaited<ReturnType<typeof peopleOf>>;
  interests: { application: string; person: string }[];
  shared: Omit<AskView, 'request' | 'linkN' | 'person' | 'form'> & { form: FormContext };
  answeredBy: Map<string, { person: string; at: number }>;
  /** Who was asked from the start or named by somebody: the ladder never turns to them as substitutes. */
  asked: Set<string>;
  /** The application of each applicant, where the ask is about their own. */
  own: Map<string, ApplicationView>;
}

async function frameOf(db: Db, ask: AskRow, businessNow: (clockOffsetMs: number) => number): Promise<Frame | undefined> {
  const row = await findEdition(db, ask.edition);
  if (row === undefined) return undefined;
  const edition = row.file;
  const calendar = calendarOf(edition.territory);
  const at = businessNow(row.clock_offset_ms);
  const large = ask.kind === 'relay' || ask.kind === 'interview';
  const people = await peopleOf(db, edition.id, large ? await peopleInAsk(db, ask) : undefined);
  const name = (id: string) => people.get(id)?.name ?? '';
  const project = (await projectsOf(db, edition.id)).find((p) => p.id === ask.project);
  const needOf = (id: string | null) => edition.needs.find((need) => need.id === id)?.title ?? '';
  const applications = large ? [] : await applicationViews(db, ask, { edition, name, needOf });
  const interests = ask.kind === 'score' || ask.kind === 'interests' ? await interestsOf(db, edition.id) : [];
  const documents = large ? [] : await documentsAsked(db, ask, edition);
  const seats = await answersOf(db, [ask.id]);
  const { rows: seatRows } = large
    ? { rows: [] }
    : await db.query<{ person: string; seat: string; joined: string }>('select person, seat, joined from ask_person where ask = $1', [
        ask.id,
      ]);
  const asked = new Set(seatRows.filter((r) => r.joined !== 'substitute').map((r) => r.person));
  const seatOf = new Map(seatRows.map((r) => [r.person, r.seat]));
  const answeredBy = new Map(seats.map((s) => [seatOf.get(s.person) ?? s.person, { person: s.person, at: s.closed_at.getTime() }]));
  const stages = isCircuitStep(ask.step) ? circuitOf(edition, ask.step) : undefined;
  const pair = ask.kind === 'introduction' ? (await pairsOf(db, edition.id, ask.project ?? '')).find((p) => p.id === ask.part) : undefined;
  const lacking = ask.kind === 'decide' ? await lackingOf(db, ask) : undefined;
  const scores = ask.kind === 'deliberation' || ask.step === 'selection-approval' ? await scoresShown(db, edition) : undefined;
  const follows = await followsOf(db, row, ask, at);
  const body = stages?.session === undefined ? undefined : bodyOf(edition, stages.session);

  const shared: Frame['shared'] = {
    at,
    edition: editionView(row),
    ask: {
      id: ask.id,
      kind: ask.kind,
      step: ask.step,
      version: ask.version,
      ...(ask.part === null ? {} : { part: ask.part }),
      generation: ask.generation,
      openedAt: ask.opened_at?.getTime() ?? null,
      opensAt: ask.opens_at.getTime(),
      due: ask.due,
      dueAt: ask.due_at.getTime(),
      ...(ask.ends_at === null ? {} : { end: calendar.dateOf(ask.ends_at.getTime() - 1) }),
      endsAt: ask.ends_at?.getTime() ?? null,
      ...(ask.outcome === null ? {} : { outcome: ask.outcome }),
      ...(ask.closed_on === null ? {} : { closedOn: ask.closed_on }),
    },
    ...(project === undefined
      ? {}
      : { project: { id: project.id, title: project.title, need: needOf(project.need), directorate: name(project.directorate) } }),
    ...(ask.kind === 'eligibility' && applications[0] !== undefined ? { application: applications[0] } : {}),
    ...(pair === undefined || project === undefined
      ? {}
      : { pair: { project: project.title, applicant: name(project.applicant), other: name(pair.person), purpose: pair.purpose } }),
    ...(ask.kind === 'approve' && stages !== undefined ? { stage: { n: Number(ask.part), of: stages.stages.length } } : {}),
    ...(ask.kind === 'sitting' && body !== undefined && ask.part !== null ? { event: { on: ask.part, body: body.name } } : {}),
    ...(pitchDay(ask, edition) === undefined ? {} : { event: { on: pitchDay(ask, edition) ?? '' } }),
    ...(follows === undefined ? {} : { follows }),
    before: large ? [] : await beforeOf(db, ask, name, calendar),
    documents: documents.map((d) => ({
      title: d.title,
      version: d.version,
      body: d.body,
      hash: d.hash,
      frozenOn: calendar.dateOf(d.frozen_at.getTime()),
      author: name(d.author),
    })),
    applications: ask.kind === 'eligibility' ? [] : applications,
    ...(scores === undefined ? {} : { scores }),
    ...(lacking === undefined ? {} : { lacking }),
    choices: ask.choices ?? [],
    form: formOf(ask, edition, applications, people),
  };
  return {
    row,
    edition,
    calendar,
    at,
    ask,
    people,
    interests,
    shared,
    answeredBy,
    asked,
    own: await ownApplications(db, ask, { edition, name, needOf }),
  };
}

function viewOf(frame: Frame, place: PlaceRow): AskView {
  const { shared, people, edition, ask, interests, answeredBy, calendar, at } = frame;
  const person = people.get(place.person);
  const substitute = person?.substitute === null || person?.substitute === undefined ? undefined : people.get(person.substitute);
  const own = frame.own.get(place.person);
  const principal = place.on_behalf_of === null ? undefined : people.get(place.on_behalf_of);
  const recused = new Set(interests.filter((i) => i.person === place.person).map((i) => i.application));
  const readable = shared.applications.filter((a) => ask.kind !== 'score' || !recused.has(a.id));
  const other = place.closed === null ? answeredBy.get(place.seat) : undefined;
  const byName = people.get((other ?? answeredBy.get(place.seat))?.person ?? '')?.name;
  const closed = place.closed ?? (other === undefined ? null : 'not-needed');
  const next = closed === null && ask.outcome === null ? nextRung(frame, place) : undefined;
  return {
    ...shared,
    request: place.request,
    linkN: place.link_n,
    applications: readable,
    person: {
      id: place.person,
      name: person?.name ?? '',
      email: person?.email ?? '',
      role: person?.role ?? 'applicant',
      locale: person?.locale ?? edition.territory.locale,
    },
    ...(principal === undefined ? {} : { onBehalfOf: { id: principal.id, name: principal.name } }),
    ...(own === undefined ? {} : { application: own }),
    ...(substitute === undefined || closed !== null || frame.asked.has(substitute.id)
      ? {}
      : { substitute: { id: substitute.id, name: substitute.name } }),
    ...(next === undefined ? {} : { next }),
    ...(closed === null
      ? {}
      : {
          closed: {
            state: closed,
            at: place.closed_at?.getTime() ?? other?.at ?? at,
            ...(place.answer === null ? {} : { answer: place.answer }),
            ...(byName === undefined ? {} : { by: byName }),
          },
        }),
    ...(place.draft === null ? {} : { draft: place.draft }),
    form: ask.kind === 'score' ? { ...shared.form, applications: shared.form.applications.filter((a) => !recused.has(a.id)) } : shared.form,
  };

  function nextRung({ ask: row }: Frame, { joined_at }: PlaceRow): AskView['next'] {
    const openedAt = Math.max((row.opened_at ?? row.opens_at).getTime(), joined_at.getTime());
    const end = row.ends_at?.getTime() ?? Number.POSITIVE_INFINITY;
    const step = ladder({ name: askRules[row.kind].ladder, openedAt, due: row.due, calendar }).find(
      (s) => s.at > at && s.at < end && s.rung !== 'late-5',
    );
    return step === undefined ? undefined : { rung: step.rung, at: nextSendingTime(step.at, calendar) };
  }
}

/** What a page or a mail says of an edition. */
export function editionView(row: EditionRow): EditionView {
  const { territory, people } = row.file;
  const contact = people.find((p) => p.role === 'coordinator') ?? people[0];
  return {
    id: row.id,
    title: row.title,
    territory: territory.name,
    timezone: territory.timezone,
    locale: territory.locale,
    contact: { name: contact?.name ?? '', email: contact?.email ?? '' },
    status: row.status,
    shifted: row.clock_offset_ms !== 0,
  };
}

async function peopleInAsk(db: Db, ask: AskRow): Promise<string[]> {
  const { rows } = await db.query<{ person: string }>(
    `select person from ask_person where ask = $1
     union select p.substitute from ask_person a join person p on p.edition = a.edition and p.id = a.person where a.ask = $1 and p.substitute is not null`,
    [ask.id],
  );
  return rows.map((row) => row.person);
}

const pitchDay = (ask: AskRow, edition: Edition) => {
  const pitch = edition.plan.pitch;
  return pitch.kind === 'pin' && (ask.kind === 'seat' || ask.kind === 'prepare' || ask.kind === 'interests') ? pitch.date : undefined;
};

/** The applications an ask is about: the ruled one, the eligible ones, the shortlisted ones. */
async function applicationViews(
  db: Db,
  ask: AskRow,
  { edition, name, needOf }: { edition: Edition; name: (id: string) => string; needOf: (id: string | null) => string },
): Promise<ApplicationView[]> {
  const kinds = ['eligibility', 'shortlist', 'interests', 'score', 'deliberation', 'approve', 'prepare'];
  if (!kinds.includes(ask.kind) || (ask.kind === 'approve' && ask.step !== 'selection-approval')) return [];
  const rows = await applicationsOf(db, edition.id);
  const wanted = rows.filter((a) => {
    if (ask.kind === 'eligibility') return a.id === ask.part;
    if (ask.kind === 'shortlist') return a.eligible === true;
    return a.shortlisted && (!a.out || ask.kind === 'prepare');
  });
  const material = await materialOf(db, edition.id);
  return wanted.map((a) => ({
    id: a.id,
    title: a.title,
    need: needOf(a.need),
    summary: a.summary,
    applicant: name(a.person),
    ...(material.get(a.person) === undefined ? {} : { material: material.get(a.person) ?? '' }),
  }));
}

/** The applicants' own applications, where each is asked about theirs. */
async function ownApplications(
  db: Db,
  ask: AskRow,
  { edition, name, needOf }: { edition: Edition; name: (id: string) => string; needOf: (id: string | null) => string },
): Promise<Map<string, ApplicationView>> {
  if (ask.kind !== 'prepare' && ask.kind !== 'apply') return new Map();
  const rows = await applicationsOf(db, edition.id);
  return new Map(
    rows.map((a) => [a.person, { id: a.id, title: a.title, need: needOf(a.need), summary: a.summary, applicant: name(a.person) }]),
  );
}

/** The first step that waits for an ask's step, and the day it has to start at the latest: what a silence costs. */
async function followsOf(db: Db, row: EditionRow, ask: AskRow, at: number): Promise<AskView['follows']> {
  if (!['approve', 'document', 'proposal', 'report'].includes(ask.kind) || row.status !== 'running') return undefined;
  const plan = await planNow(db, row, { at, project: ask.project ?? undefined });
  const next = successorsOf(ask.step)
    .flatMap((step) => {
      const by = plan.steps.find((planned) => planned.id === step)?.latest.start;
      return by === null || by === undefined ? [] : [{ step, by }];
    })
    .sort((a, b) => (a.by < b.by ? -1 : 1));
  return next[0];
}

async function materialOf(db: Db, edition: string): Promise<Map<string, string>> {
  const { rows } = await db.query<{ person: string; material: string | null }>(
    `select p.person, p.answer->>'material' as material from ask_person p join ask a on a.id = p.ask
     where a.edition = $1 and a.kind = 'prepare' and p.closed = 'answered'`,
    [edition],
  );
  return new Map(rows.flatMap((row) => (row.material === null ? [] : [[row.person, row.material]])));
}

/** The frozen documents an ask is about: those of its circuit, of the version sent back, or what a report builds on. */
async function documentsAsked(db: Db, ask: AskRow, edition: Edition): Promise<DocumentRow[]> {
  const of = (step: string, project = '') => documentsOf(db, edition.id, { step, project });
  const project = ask.project ?? '';
  switch (ask.step) {
    case 'diagnosis':
    case 'diagnosis-approval':
    case 'call-writing':
    case 'restitution':
      return of(ask.step === 'restitution' ? 'restitution' : 'diagnosis');
    case 'roadmap':
    case 'roadmap-approval':
    case 'field':
    case 'introductions':
      return of('roadmap', project);
    case 'impact-analysis':
    case 'evaluation':
    case 'outcome-approval':
      return [...(await of('impact-analysis', project)), ...(await of('roadmap', project))];
    default:
      return [];
  }
}

/** What came before: approvals of this version, and the remarks that sent the former one back. */
async function beforeOf(db: Db, ask: AskRow, name: (id: string) => string, calendar: Calendar): Promise<AskView['before']> {
  const circuits: Record<string, string> = { diagnosis: 'diagnosis-approval', roadmap: 'roadmap-approval', pitch: 'selection-approval' };
  const step = isCircuitStep(ask.step) ? ask.step : circuits[ask.step];
  if (step === undefined) return [];
  const { rows } = await db.query<{ person: string; decision: string; closed_at: Date; remarks: string | null }>(
    `select p.person, p.decision, p.closed_at, p.answer->>'remarks' as remarks from ask_person p join ask a on a.id = p.ask
     where a.edition = $1 and a.step = $2 and a.project is not distinct from $3 and a.kind in ('approve', 'sitting')
       and p.closed = 'answered' and a.id <> $4 and a.version = $5 order by p.closed_at`,
    [ask.edition, step, ask.project, ask.id, isCircuitStep(ask.step) && ask.kind !== 'proposal' ? ask.version : ask.version - 1],
  );
  return rows.map((row) => ({
    who: name(row.person),
    what: row.decision,
    on: calendar.dateOf(row.closed_at.getTime()),
    ...(row.remarks === null ? {} : { remarks: row.remarks }),
  }));
}

async function lackingOf(db: Db, ask: AskRow): Promise<AskView['lacking']> {
  const [about] = ask.about === null ? [] : await findAsks(db, [ask.about]);
  if (about !== undefined)
    return {
      kind: about.kind,
      step: about.step,
      ...(about.part === null ? {} : { part: about.part }),
      outcome:
        about.kind === 'session' && about.result === 'no' ? 'not-held' : about.kind === 'approve' ? 'undecided' : (about.outcome ?? 'none'),
    };
  const outcome = ask.part === 'refused' ? 'refused' : ask.part === 'no-sitting' ? 'no-sitting' : 'none';
  return { kind: outcome === 'none' ? 'eligibility' : 'approve', step: ask.step, outcome };
}

async function scoresShown(db: Db, edition: Edition): Promise<AskView['scores']> {
  const titles = new Map((await applicationsOf(db, edition.id)).map((a) => [a.id, a.title]));
  return summarise(await scoresOf(db, edition.id), edition.selection.criteria).map((s) => ({
    ...s,
    title: titles.get(s.application) ?? '',
  }));
}

function formOf(ask: AskRow, edition: Edition, applications: ApplicationView[], people: Frame['people']): FormContext {
  const { shortlist, retained, criteria } = edition.selection;
  const bounds = ask.kind === 'shortlist' ? shortlist : ask.kind === 'deliberation' ? retained : { min: 0, max: applications.length };
  const choices: Choice[] = ask.choices ?? [];
  const pairable =
    ask.kind === 'pairs' ? [...people.values()].filter((p) => ['field', 'directorate', 'expert', 'evaluator'].includes(p.role)) : [];
  return {
    kind: ask.kind,
    step: ask.step,
    applications: applications.map((a): Option => ({ id: a.id, label: a.title, hint: a.need })),
    criteria: criteria.map((c) => ({ id: c.id, label: c.label, weight: c.weight })),
    people: pairable.map((p): Option => ({ id: p.id, label: p.name })),
    min: Math.min(bounds.min, applications.length),
    max: Math.min(bounds.max, applications.length),
    choices,
    needsText: choices.includes('in-place') && ask.step === 'roadmap',
  };
}
