import type { Place } from '../../domain/asks/place.js';
import type { Interest } from '../../domain/jury.js';
import { kinds } from '../../domain/kinds/index.js';
import type { ApplicationView, AskView } from '../../domain/view.js';
import { type AskRow, placeOf } from '../asks.js';
import { pairsOf } from '../projects.js';
import { interestsOf } from '../selection.js';
import { applicationsAsked, ownApplications, scoresShown } from './applications.js';
import { beforeOf, documentsAsked, followsOf, lackingOf } from './context.js';
import { formOf } from './form.js';
import { editionView, type Scene, sceneOf } from './scene.js';
import type { SeatRow, Stage } from './stage.js';
import { formerAnswer, sentBackOf } from './versions.js';

/** What of a view belongs to the ask, whoever looks at it: read once, however many are mailed. */
export interface Frame extends Scene {
  shared: Omit<AskView, 'request' | 'linkN' | 'person'>;
  interests: Interest[];
  /** Who answered from each seat. */
  answeredBy: Map<string, { person: string; at: number }>;
  /** Who sits where: of an ask to thousands, as far as is shown. */
  places: Place[];
  /** The application of each seat, where the ask is about the applicants' own. */
  own: Map<string, ApplicationView>;
}

/** Gathers what belongs to an ask, to be shown to some of its people. */
export async function frameOf(stage: Stage, ask: AskRow): Promise<Frame> {
  const scene = sceneOf(stage, ask);
  const applications = await applicationsAsked(scene);
  const seats = seatsTaken(stage.seats.get(ask.id) ?? []);
  const scores = await scoresShown(scene);
  const lacking = await lackingOf(scene);
  const follows = followsOf(scene);
  const sentBack = await sentBackOf(scene);
  const former = await formerAnswer(scene);
  const { single, unlessRecused } = kinds[ask.kind].reads;
  return {
    ...scene,
    ...seats,
    interests: unlessRecused ? await interestsOf(scene.db, ask.edition) : [],
    own: await ownApplications(scene),
    shared: {
      at: scene.at,
      edition: editionView(scene.row),
      ask: askView(scene),
      ...(await subjectOf(scene)),
      ...(single && applications[0] !== undefined ? { application: applications[0] } : {}),
      ...(follows === undefined ? {} : { follows }),
      before: beforeOf(scene),
      documents: await documentsAsked(scene),
      applications: single ? [] : applications,
      ...(scores === undefined ? {} : { scores }),
      ...(lacking === undefined ? {} : { lacking }),
      ...(sentBack === undefined ? {} : { sentBack }),
      ...(former === undefined ? {} : { former }),
      choices: ask.choices ?? [],
      form: await formOf(scene, applications),
    },
  };
}

function askView({ ask, calendar }: Scene): AskView['ask'] {
  return {
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
  };
}

/** The project, the pair, the stage, the day an ask is about. */
async function subjectOf({
  db,
  ask,
  edition,
  name,
  needTitle,
  projects,
  large,
}: Scene): Promise<Pick<AskView, 'project' | 'pair' | 'stage' | 'event'>> {
  if (large) return {};
  const project = ask.project === null ? undefined : projects.find((p) => p.id === ask.project);
  const pair = ask.kind === 'introduction' ? (await pairsOf(db, edition.id, ask.project ?? '')).find((p) => p.id === ask.part) : undefined;
  return {
    ...(project === undefined
      ? {}
      : { project: { id: project.id, title: project.title, need: needTitle(project.need), directorate: name(project.directorate) } }),
    ...(pair === undefined || project === undefined
      ? {}
      : { pair: { project: project.title, applicant: name(project.applicant), other: name(pair.person), purpose: pair.purpose } }),
    ...kinds[ask.kind].subject({ step: ask.step, part: ask.part ?? undefined }, edition),
  };
}

/** Who sits where. */
function seatsTaken(rows: readonly SeatRow[]): Pick<Frame, 'answeredBy' | 'places'> {
  // the first answer of a seat is the one that counts: it comes last
  const answers = rows.flatMap(({ seat, person, answered_at: at }) => (at === null ? [] : [[seat, { person, at: at.getTime() }] as const]));
  return {
    answeredBy: new Map(answers),
    places: rows.map(placeOf).sort((a, b) => (a.person < b.person ? -1 : 1)),
  };
}
