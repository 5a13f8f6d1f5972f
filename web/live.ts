import { randomUUID } from 'node:crypto';
/** The web's port over a real installation: pages ask client/ to act, and store/ for what is true. */

import { healthOf } from '../client/health.js';
import type { Installation } from '../client/installation.js';
import {
  answerAsk,
  applicationStart,
  askForApplication,
  askFreshLink,
  beginApplication,
  correctSent,
  delegateAsk,
  forgetApplication,
  keepApplication,
  keepDraft,
  takeAskBack,
  takeOtherDraft,
} from '../client/verbs/acts.js';
import { subjectsOf } from '../client/verbs/audit.js';
import { beginning, listCohorts, showCohort } from '../client/verbs/cohorts.js';
import { answerInTheirName, intervene, wouldChange } from '../client/verbs/intervene.js';
import { correctAddress } from '../client/verbs/people.js';
import { messageToday } from '../client/verbs/written.js';
import { askKinds } from '../domain/asks.js';
import { type Calendar, calendarOf } from '../domain/calendar.js';
import { nextDigest } from '../domain/digest.js';
import { isSaidForOthers, kinds } from '../domain/kinds/index.js';
import { computePlan } from '../domain/plan.js';
import { type Held, isVisible, may } from '../domain/rights.js';
import { bodyOf } from '../domain/sittings.js';
import { PHASE_IDS } from '../domain/steps.js';
import { STEP_WORDS } from '../domain/words.js';
import { accountNames } from '../store/accounts.js';
import { requestOf } from '../store/acts/answer-for.js';
import { findAsks, findCall, linkNumberOf } from '../store/asks.js';
import { type Entry, type JournalFilter, journalPage } from '../store/audit.js';
import { failingAddresses, phaseOf, projectStandings, waitingOn } from '../store/board.js';
import { heldIn } from '../store/coming.js';
import { documentsOf } from '../store/documents.js';
import { type EditionRow, editionHeads, findEdition, listEditions, placeOfEdition } from '../store/editions.js';
import { calendarPath, calendarPathOf, findFeed, renewFeed } from '../store/feeds.js';
import { openIncidents } from '../store/incidents.js';
import { isSeal } from '../store/links.js';
import { marksOf } from '../store/marks.js';
import { audiencesOf } from '../store/messages.js';
import { findHead } from '../store/outbox.js';
import { type PersonRow, peopleOf } from '../store/people.js';
import { answeredIn, choicesFor, findPersonIn, peoplePage } from '../store/peoplelist.js';
import { planFrom } from '../store/plans.js';
import { findPreferences, isPreferencesLink, savePreferences } from '../store/preferences.js';
import { projectsOf } from '../store/projects.js';
import { applicationsOf } from '../store/selection.js';
import { type Standing, standingOf } from '../store/standing.js';
import { editionView, viewNow } from '../store/views/index.js';
import { openAlerts } from '../store/watch.js';
import type {
  ActPage,
  AlertLine,
  Backend,
  BoardFilter,
  CallView,
  EditionList,
  EditionPage,
  Journal,
  JournalRow,
  EditionRow as ListedEdition,
  NamedByAct,
} from './backend.js';
import { openChanges } from './changes.js';
import { liveAccess } from './live-access.js';
import { liveClock, type Moving } from './live-clock.js';
import { liveEngine } from './live-engine.js';
import { askNames, mailPage, mailsPart } from './live-mails.js';
import { liveReading } from './live-reading.js';
import { liveSearch } from './live-search.js';
import { pageOfRows } from './pager.js';

/** A backend over an installation; `moving`: how the clock of a demonstration is moved; `checks`: looks at what the installation has and lacks. */
export function liveBackend(installation: Installation, moving?: Moving, checks: Backend['checks'] = async () => []): Backend {
  const { store, realNow } = installation;
  const db = store.pool;
  const now = (row: EditionRow) => realNow() + row.clock_offset_ms;
  return {
    now: realNow,
    ...liveAccess(installation),
    ...liveClock(installation, moving),
    ...liveReading(installation),
    ...liveEngine(installation),
    checks,
    ...liveSearch(installation),
    changed: openChanges((editions) => marksOf(db, editions)).after,
    request: (request) => viewNow(store, request, { realNow: realNow() }),
    checkLink: async (request, mac) => {
      const n = await linkNumberOf(db, request);
      if (n === undefined) return 'unknown';
      if (isSeal(installation.linkKey, request, n, mac)) return 'ok';
      for (let former = n - 1; former > 0; former--) if (isSeal(installation.linkKey, request, former, mac)) return 'revoked';
      return 'unknown';
    },
    answer: (input) => answerAsk(installation, input),
    saveDraft: (input) => keepDraft(installation, input),
    swapDraft: (request) => takeOtherDraft(installation, request),
    delegate: (input) => delegateAsk(installation, input),
    correct: (request) => correctSent(installation, request),
    takeBack: (request) => takeAskBack(installation, request),
    freshLink: async (request) => void (await askFreshLink(installation, request)),
    checkPreferences: (ref, mac) => isPreferencesLink(db, { ref, mac, linkKey: installation.linkKey }),
    preferences: async (ref) => {
      const view = await findPreferences(store, { ref, realNow: realNow() });
      return view === undefined
        ? undefined
        : { ...view, calendar: await calendarPath(db, { whose: 'person', ref, linkKey: installation.linkKey }) };
    },
    savePreferences: (input) => savePreferences(store, { ...input, realNow: realNow() }),
    calendar: (ref, mac) => findFeed(store, { ref, mac, linkKey: installation.linkKey, realNow: realNow() }),
    renewCalendar: (ref) => renewFeed(store, { whose: 'person', ref, realNow: realNow() }),
    call: (edition) => callView(installation, edition),
    askToApply: (input) => askForApplication(installation, input),
    start: (input) => applicationStart(installation, input),
    beginApplication: (id) => beginApplication(installation, id),
    forgetApplication: (id) => forgetApplication(installation, id),
    saveApplication: (input) => keepApplication(installation, input),
    where: (id) => placeOfEdition(db, id),
    editions: (held, from, filter) => editionRows(installation, held, from, filter),
    alerts: () => alertLines(installation),
    health: healthOf(installation),
    edition: async (id) => {
      const row = await findEdition(db, id);
      return row === undefined ? undefined : editionPage(installation, row, now(row));
    },
    previewAct: (act) => wouldChange(installation, act),
    act: async (act) => {
      const acted = await intervene(installation, act);
      if (acted === 'busy' || acted.ok || 'moved' in acted) return acted === 'busy' || !acted.ok ? acted : { ok: true };
      const { reason: code, until: from } = acted.refused;
      return code === 'unknown' ? code : { ok: false, refused: { code, ...(from === undefined ? {} : { from }) } };
    },
    placeFor: async (place) => {
      const request = await requestOf(db, place);
      const view = request === undefined ? undefined : await viewNow(store, request, { realNow: realNow() });
      if (view === undefined) return undefined;
      const { draft: _, draftVersion: __, otherDraft: ___, ...rest } = view; // a draft is nobody's to read
      return rest;
    },
    answerFor: (act) => answerInTheirName(installation, act),
    people: async (id, wanted) => {
      const row = await findEdition(db, id);
      return row === undefined
        ? undefined
        : { edition: editionView(row), at: now(row), ...(await peoplePage(db, row, { ...wanted, limit: pageOfRows, at: now(row) })) };
    },
    person: async (id, person) => {
      const row = await findEdition(db, id);
      const found = row === undefined ? undefined : await findPersonIn(db, row, { person, limit: pageOfRows, at: now(row) });
      return row === undefined || found === undefined ? undefined : { edition: editionView(row), at: now(row), ...found };
    },
    actPage: (edition, named) => actPageOf(installation, edition, named),
    giveAddress: async (input) => {
      const done = await correctAddress(installation, { ...input, mayReplaceWorking: false });
      if (done.ok) return 'done';
      return done.reason === 'no-edition' || done.reason === 'no-person' ? 'unknown' : done.reason;
    },
    document: (id) => showCohort(installation, id),
    mail: (edition, mail) => mailPage(installation, edition, mail),
    mails: async (id, query) => {
      const row = await findEdition(db, id);
      return row === undefined ? undefined : mailsPart(installation, row, query);
    },
    journal: async (id, { from, since, until, ...query }) => {
      const row = await findEdition(db, id);
      if (row === undefined) return undefined;
      const { journal, more } = await journalOf(installation, row, {
        ...{ ...query, from, limit: pageOfRows },
        since: since === undefined ? undefined : new Date(calendarOf(row.file.territory).instantAt(since, '00:00')),
        until: until === undefined ? undefined : new Date(calendarOf(row.file.territory).endOfDay(until)),
      });
      return { edition: editionView(row), at: now(row), journal, ...(more ? { next: from + pageOfRows } : {}) };
    },
  };
}

/** The editions that exist for somebody, a page of them, each as far as they may read it: no more is read of any. */
async function editionRows(
  installation: Installation,
  held: readonly Held[],
  from: number,
  { territory: only, state }: BoardFilter = {},
): Promise<EditionList> {
  const heads = (await editionHeads(installation.store.pool)).map((head) => ({ ...head, edition: head.id }));
  const all = heads.filter((head) => isVisible(held, head));
  const stateOf = ({ status }: (typeof all)[number]) => (status === 'running' || status === 'paused' ? status : 'over');
  const visible = all.filter((head) => (only === undefined || head.territory === only) && (state === undefined || stateOf(head) === state));
  const page = visible.slice(from, from + pageOfRows);
  const seen = page.filter((head) => may(held, 'edition.see', head)).map(({ id }) => id);
  const cohorts = new Map((seen.length === 0 ? [] : await listCohorts(installation, seen)).map((cohort) => [cohort.id, cohort]));
  const editions = page.map((head): ListedEdition => {
    const { id, title, territoryName: territory, status } = head;
    const cohort = cohorts.get(id);
    if (cohort === undefined) return { id, title, territory, status, slackWorkingDays: null, waitingOn: [], kept: true };
    const { phase, unreachable, ...listed } = cohort;
    const addresses = unreachable === undefined || !may(held, 'edition.people', head) ? {} : { unreachable };
    return { ...listed, ...addresses, status, phase: PHASE_IDS.find((known) => known === phase) ?? null };
  });
  const next = from + pageOfRows;
  const territories = Object.fromEntries(all.map(({ territory, territoryName }) => [territory, territoryName]));
  return { editions, territories, ...(next < visible.length ? { next } : {}) };
}

async function alertLines({ store }: Installation): Promise<AlertLine[]> {
  const alerts = await openAlerts(store.pool);
  if (alerts.length === 0) return [];
  const editions = await listEditions(store.pool);
  return alerts.map(({ kind, scope, things, since, said_at }) => {
    const edition = editions.find(({ id }) => id === scope);
    const timezone = (edition ?? editions[0])?.file.territory.timezone ?? 'Europe/Paris';
    const line = { kind, scope, count: things, since: since.getTime(), told: said_at !== null, timezone };
    return edition === undefined ? line : { ...line, title: edition.title };
  });
}

async function callView({ store, realNow }: Installation, id: string): Promise<CallView | undefined> {
  const row = await findEdition(store.pool, id);
  if (row === undefined) return undefined;
  const { territory, needs } = row.file;
  const calendar = calendarOf(territory);
  const at = realNow() + row.clock_offset_ms;
  const call = await findCall(store.pool, id);
  const [text] = await documentsOf(store.pool, id, { step: 'call-writing', project: '' });
  const planned = computePlan(row.file).steps.find((step) => step.id === 'call-open');
  // a call that never opened closes with its edition
  const closesAt =
    call?.closed_at?.getTime() ??
    call?.ends_at?.getTime() ??
    row.closed_at?.getTime() ??
    calendar.endOfDay(planned?.earliest.finish ?? row.file.start);
  const over = call !== undefined && (call.outcome !== null || closesAt <= at);
  const ended = row.status === 'closed' || row.status === 'cancelled';
  return {
    edition: editionView(row),
    title: text?.title ?? STEP_WORDS['call-open'][territory.locale],
    body: text?.body ?? '',
    needs: needs.map((need) => ({ id: need.id, label: need.title })),
    opens: calendar.dateOf(call?.opened_at?.getTime() ?? calendar.instantAt(planned?.earliest.start ?? row.file.start, '09:00')),
    closes: calendar.dateOf(closesAt - 1),
    closesAt,
    state: over || ended ? 'closed' : call === undefined ? 'not-yet' : 'open',
  };
}

async function editionPage(installation: Installation, row: EditionRow, at: number): Promise<EditionPage> {
  const db = installation.store.pool;
  const calendar = calendarOf(row.file.territory);
  const standing = await standingOf(db, row);
  const { lived } = standing.inputs;
  const plan = planFrom(row, standing.inputs, { at });
  const bodies = Object.fromEntries(
    plan.steps.flatMap((step) => (step.session === undefined ? [] : [[step.session.body, bodyOf(row.file, step.session.body).name]])),
  );
  return {
    edition: editionView(row),
    at,
    startedAt: row.started_at.getTime(),
    ...beginning(row, at),
    plan,
    foreseen: computePlan(standing.started),
    lived: lived.map((step) => ({
      step: step.step,
      ...(step.project === null ? {} : { project: step.project }),
      start: step.started,
      ...(step.finished === undefined ? {} : { finish: step.finished }),
    })),
    phase: phaseOf(row, PHASE_IDS),
    waitingOn: row.status === 'running' ? await blocking(installation, row, { at, standing }) : [],
    answered: row.status === 'running' ? await answeredIn(db, row.id) : [],
    ...(row.status === 'running' ? { digestAt: nextDigest(at, calendar) } : {}),
    held: await heldIn(db, row.id),
    ...(await failing(installation, row, calendar)),
    projects: await projectStandings(db, row, at, standing),
    incidents: (row.failing.length === 0 ? [] : await openIncidents(db, row.id)).map((i) => ({
      scope: i.scope,
      message: i.message,
      times: i.times,
      lastAt: i.last_at.getTime(),
    })),
    bodies,
    calendar: calendarPathOf({ whose: 'edition', ref: row.id, n: standing.calendarN }, installation.linkKey),
    closures: row.file.territory.closures.map(({ from, to }) => ({ from, to })),
  };
}

/** Also where the edition is over: its last letters leave again once the address is mended. */
async function failing({ store }: Installation, row: EditionRow, calendar: Calendar): Promise<Pick<EditionPage, 'failing'>> {
  const people = await failingAddresses(store.pool, row.id);
  return people.length === 0 ? {} : { failing: people.map((person) => ({ ...person, since: calendar.dateOf(person.since.getTime()) })) };
}

/** What the page of an act names, in four statements. */
async function actPageOf(installation: Installation, edition: string, named: NamedByAct): Promise<ActPage | undefined> {
  const { store, realNow } = installation;
  const db = store.pool;
  const row = await findEdition(db, edition);
  if (row === undefined) return undefined;
  const retained = await projectsOf(db, edition);
  const audience = named.audience ? await audiencesOf(db, edition) : undefined;
  const mail = named.mail === undefined ? undefined : await findHead(db, edition, named.mail);
  const sample = named.message === undefined ? undefined : await messageToday(installation, row, named.message);
  const asks = (await findAsks(db, [...named.asks, ...(audience?.asks ?? [])])).filter((ask) => ask.edition === edition);
  const people = await peopleOf(db, edition, [
    ...named.people,
    ...(mail === undefined ? [] : [mail.person]),
    ...(named.person === undefined ? [] : [named.person]),
  ]);
  const person = people.get(named.person ?? '');
  return {
    ...(person === undefined ? {} : { person: { name: person.name, email: person.email } }),
    ...(named.choosing === true ? { choices: await choicesFor(db, edition, person) } : {}),
    edition: editionView(row),
    at: realNow() + row.clock_offset_ms,
    asks: askNames(asks, retained),
    people: Object.fromEntries([...people.values()].map(({ id, name }) => [id, name])),
    ...(audience === undefined ? {} : { audience }),
    ...(sample === undefined ? {} : { sample }),
    ...(mail === undefined
      ? {}
      : { mail: { to: people.get(mail.person)?.name ?? mail.person, subject: mail.subject ?? '', template: mail.template } }),
    bodies: Object.fromEntries(Object.values(row.file.territory.sessions).map(({ id, name }) => [id, name])),
    closures: row.file.territory.closures.map(({ from, to }) => ({ from, to })),
    projects: Object.fromEntries(retained.flatMap(({ id, title, status }) => (status === 'running' ? [[id, title]] : []))),
    request: randomUUID(),
  };
}

/** Who blocks what: people of whom one answer is enough are one line, and an application asked about is named. */
async function blocking(
  { store }: Installation,
  row: EditionRow,
  { at, standing }: { at: number; standing: Standing },
): Promise<EditionPage['waitingOn']> {
  const { locale } = row.file.territory;
  const titles = new Map((await applicationsOf(store.pool, row.id)).map((application) => [application.id, application.title]));
  const lines = new Map<string, EditionPage['waitingOn'][number]>();
  for (const waiting of await waitingOn(store.pool, row, at, standing)) {
    const key = kinds[waiting.kind].seating === 'one-for-all' ? waiting.ask : `${waiting.ask} ${waiting.person.id}`;
    const line = lines.get(key);
    const title = waiting.part === undefined ? undefined : titles.get(waiting.part);
    if (line === undefined) lines.set(key, { ...waiting, ...(title === undefined ? {} : { title }) });
    else {
      // somebody among them can be reached
      line.coming.push(...waiting.coming);
      if (waiting.unreachable === undefined) delete line.unreachable;
      line.substitute ??= waiting.substitute;
      line.person = { ...line.person, name: `${line.person.name} ${locale === 'fr' ? 'ou' : 'or'} ${waiting.person.name}` };
    }
  }
  return [...lines.values()];
}

/** The names of those that some rows speak of: people of the edition, and accounts. */
async function namesIn(
  db: Installation['store']['pool'],
  edition: string,
  ids: readonly string[],
  known?: ReadonlyMap<string, PersonRow>,
): Promise<(who: string) => string | undefined> {
  const people = known ?? (await peopleOf(db, edition, [...new Set(ids)]));
  const accounts = await accountNames(db, ids);
  return (who) => people.get(who)?.name ?? accounts.get(who);
}

interface Part extends JournalFilter {
  from: number;
  limit: number;
  /** The edition's people, where they were read. */
  people?: ReadonlyMap<string, PersonRow>;
}

/** The answer that an entry tells of, where others than whoever gave it may read it. */
function answerIn({ verb, subject, actor, detail }: Entry): Pick<JournalRow, 'answer'> {
  const kind = askKinds.find((one) => one === subject.split('.')[2]);
  if ((verb !== 'ask.answered' && verb !== 'ask.answered-for') || kind === undefined || !isSaidForOthers(kind)) return {};
  return { answer: { ask: subject, person: verb === 'ask.answered' ? actor : String(detail.person) } };
}

async function journalOf({ store }: Installation, row: EditionRow, part: Part): Promise<{ journal: Journal; more: boolean }> {
  const { locale } = row.file.territory;
  const { entries, more, checked } = await journalPage(store.pool, row.id, part);
  const known = await namesIn(
    store.pool,
    row.id,
    entries.flatMap(({ actor, subject }) => [actor, subject]),
    part.people,
  );
  const about = await subjectsOf(store.pool, entries, { locale, name: (who) => (who === row.id ? row.title : (known(who) ?? who)) });
  const lines = entries.map((entry) => {
    const via: Pick<JournalRow, 'via'> = entry.detail.via === 'machine' ? { via: 'machine' } : {};
    const name = known(entry.actor);
    const who = { actor: entry.actor, ...(name === undefined ? {} : { name }), ...via };
    const line = { at: entry.at, ...who, what: entry.verb, subject: about(entry), ...answerIn(entry) };
    return entry.said === undefined ? line : { ...line, reason: entry.said };
  });
  return { journal: { lines, ...(checked === undefined ? {} : { checked }) }, more };
}
