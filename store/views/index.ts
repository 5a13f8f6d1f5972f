import { type FormContext, rawOf } from '../../domain/asks/forms.js';
import { askedOf, type Claimed, outlook, substituteFor, targetKey, targetsOf } from '../../domain/asks/outlook.js';
import { calendarOf } from '../../domain/calendar.js';
import { isRecused } from '../../domain/jury.js';
import { kinds } from '../../domain/kinds/index.js';
import type { AskView } from '../../domain/view.js';
import { type AskRow, placeOf, timesOf } from '../asks.js';
import type { Db, Store } from '../db.js';
import { type EditionRow, editionOfPlace } from '../editions.js';
import { inOrder, knownOf } from '../people.js';
import { interestsOf } from '../selection.js';
import { applicationsAsked } from './applications.js';
import { formOf } from './form.js';
import { type Frame, frameOf } from './frame.js';
import { sceneOf } from './scene.js';
import { type PlaceRow, readStage, type Stage } from './stage.js';

export { editionView } from './scene.js';
export { readStage } from './stage.js';

/** Everything a page or a mail shows of one person's place in one ask; `businessNow` gives the business instant of an edition. */
export async function findView(db: Db, request: string, businessNow: (clockOffsetMs: number) => number): Promise<AskView | undefined> {
  return (await viewsOf(db, [request], businessNow))[0];
}

/** What a place shows, on the edition's own clock, at a real instant. */
export const viewNow = ({ pool }: Pick<Store, 'pool'>, request: string, { realNow }: { realNow: number }): Promise<AskView | undefined> =>
  findView(pool, request, (offset) => realNow + offset);

/** Views of many places of one edition at once, in the order asked: what they share is read once. */
export async function viewsOf(db: Db, requests: readonly string[], businessNow: (clockOffsetMs: number) => number): Promise<AskView[]> {
  const [first] = requests;
  const row = first === undefined ? undefined : await editionOfPlace(db, first);
  return row === undefined ? [] : viewsOn(await readStage(db, row, { requests, at: businessNow(row.clock_offset_ms) }), requests);
}

/** The views of a stage's places, in the order asked. */
export async function viewsOn(stage: Stage, requests: readonly string[]): Promise<AskView[]> {
  const frames = new Map<string, Frame>();
  for (const ask of stage.asks) frames.set(ask.id, await frameOf(stage, ask));
  const order = new Map(requests.map((request, index) => [request, index]));
  return stage.places
    .flatMap((place) => {
      const frame = frames.get(place.ask);
      return frame === undefined ? [] : [viewOf(frame, place, stage.claimed.get(place.ask) ?? new Map())];
    })
    .sort((a, b) => (order.get(a.request) ?? 0) - (order.get(b.request) ?? 0));
}

/** One person's view: what belongs to the ask, and what belongs to them; `claimed`: the rungs of its ladder that are over, by target. */
function viewOf(frame: Frame, place: PlaceRow, claimed: ReadonlyMap<string, Claimed[]>): AskView {
  const { shared, people, edition, ask, interests, own } = frame;
  const person = people.get(place.person);
  const principal = people.get(place.on_behalf_of ?? '');
  const application = own.get(place.seat);
  const judged = ({ id }: { id: string }) => !isRecused(interests, id, place.person, place.on_behalf_of);
  const reopened = place.reopened && ask.outcome === null && ask.closing === null;
  const closed = reopened ? undefined : closedOf(frame, place);
  const coming = closed === undefined && !reopened && ask.outcome === null ? comingOf(frame, place, claimed) : {};
  return {
    ...shared,
    request: place.request,
    linkN: place.link_n,
    applications: shared.applications.filter(judged),
    person: {
      id: place.person,
      name: person?.name ?? '',
      email: person?.email ?? '',
      // a delegate answers as whoever named them
      role: (person?.role === 'delegate' ? principal?.role : person?.role) ?? 'applicant',
      locale: person?.locale ?? edition.territory.locale,
    },
    ...(principal === undefined
      ? {}
      : {
          onBehalfOf: {
            id: principal.id,
            name: principal.name,
            ...(principal.unreachable_at === null ? {} : { unreachable: true }),
            ...(place.joined === 'delegate' ? { named: true } : {}),
          },
        }),
    ...(application === undefined ? {} : { application }),
    ...coming,
    ...(closed === undefined ? {} : { closed }),
    ...(reopened
      ? {
          reopened,
          draft: place.draft ?? rawOf(place.answer ?? {}),
          ...(place.draft === null ? {} : { draftVersion: place.draft_version ?? 1 }),
        }
      : {}),
    ...(place.draft === null || reopened ? {} : { draft: place.draft, draftVersion: place.draft_version ?? 1 }),
    ...(place.other_draft === null ? {} : { otherDraft: place.other_draft }),
    form: { ...shared.form, applications: shared.form.applications.filter(judged), locale: person?.locale ?? edition.territory.locale },
  };
}

/** The form that a view of a place carries, without all that a view shows beside it. */
export async function findForm(
  db: Db,
  {
    row,
    ask,
    at,
    request,
    person,
    onBehalfOf,
  }: { row: EditionRow; ask: AskRow; at: number; request: string; person: string; onBehalfOf: string | null },
): Promise<FormContext> {
  const { reads, offers } = kinds[ask.kind];
  if (reads.applications === undefined && offers.length === 0)
    return formOf({ db, ask, edition: row.file, people: new Map(), calendar: calendarOf(row.file.territory), at }, []);
  const scene = sceneOf(await readStage(db, row, { requests: [request], at }), ask);
  const form = await formOf(scene, await applicationsAsked(scene));
  const interests = kinds[ask.kind].reads.unlessRecused ? await interestsOf(db, ask.edition) : [];
  return { ...form, applications: form.applications.filter(({ id }) => !isRecused(interests, id, person, onBehalfOf)) };
}

/** Why nothing is asked of this person any more, if nothing is: their own answer, or whose it was. */
function closedOf({ people, answeredBy, at, ask }: Frame, place: PlaceRow): AskView['closed'] {
  const answered = answeredBy.get(place.seat);
  const state = place.closed ?? (answered === undefined ? undefined : 'not-needed');
  if (state === undefined) return undefined;
  // nothing else closes a place like that while the ask goes on
  const takenBack = place.closed === 'not-needed' && place.joined === 'delegate' && ask.outcome === null && !place.relieved;
  const by = people.get(
    (state === 'delegated' || place.relieved ? place.delegated_to : takenBack ? place.on_behalf_of : answered?.person) ?? '',
  )?.name;
  return {
    state,
    at: place.closed_at?.getTime() ?? answered?.at ?? at,
    ...(place.answer === null ? {} : { answer: place.answer }),
    ...(by === undefined ? {} : { by }),
    ...(takenBack ? { takenBack } : {}),
    ...(place.relieved ? { relieved: true } : {}),
    ...(state === 'delegated' && ask.outcome === null && answered === undefined ? { mayTakeBack: true } : {}),
  };
}

/** What comes if this person stays silent: their next reminder, and who is, or will be, asked in their place. */
function comingOf(
  { ask, calendar, at, people, places }: Frame,
  place: PlaceRow,
  claimed: ReadonlyMap<string, Claimed[]>,
): Pick<AskView, 'next' | 'substitute'> {
  const times = timesOf(ask);
  const around = { known: knownOf(people), inOrder: inOrder(people), calendar };
  const own = placeOf(place);
  const [theirs] = targetsOf(times, own, { ...around, asked: askedOf(places) });
  // nothing leaves to whoever cannot be reached
  const next =
    theirs && (people.get(place.person)?.unreachable_at ?? null) === null
      ? outlook({ ...theirs, claimed: claimed.get(targetKey(theirs.target)) ?? [], at, endsAt: times.endsAt, calendar }).find(
          ({ rung }) => rung !== 'opening' || times.openedAt > at,
        )
      : undefined;
  const substitute = people.get(substituteFor(times, own, { ...around, places }) ?? '');
  return {
    ...(next === undefined ? {} : { next }),
    ...(substitute === undefined ? {} : { substitute: { id: substitute.id, name: substitute.name } }),
  };
}
