import type { AskSpec } from '../../domain/asks.js';
import { kinds } from '../../domain/kinds/index.js';
import type { Participants } from '../../domain/kinds/kind.js';
import { answersOf, asksOfKind, type Seated } from '../../store/asks.js';
import { ofRole, presentIn } from '../../store/people.js';
import { pairsOf } from '../../store/projects.js';
import { applicationsOf, interestsOf } from '../../store/selection.js';
import type { ReviewContext } from './context.js';

/** Who is asked, and on which seats: what an ask's kind says of the people there are. */
export async function askedOf(context: ReviewContext, ask: AskSpec): Promise<readonly Seated[]> {
  const { tx, edition } = context;
  const people = await (kinds[ask.kind].many ? context.everybody() : context.people());
  const participants: Participants = {
    edition,
    ask,
    project: (await context.projects()).find(({ id }) => id === ask.project),
    inRole: (role) => ofRole(people, role),
    applications: () => applicationsOf(tx, edition.id),
    answers: answersIn(context),
    interests: () => interestsOf(tx, edition.id),
    met: async (pair) => (await pairsOf(tx, edition.id, ask.project ?? '')).find(({ id }) => id === pair)?.person,
  };
  return thereOf(await kinds[ask.kind].seats(participants), { ask, present: presentIn(people) });
}

/** Whoever an application's letters and project are for: its applicant, or who replaced them. */
export async function applicantIn(context: Pick<ReviewContext, 'people'>): Promise<(person: string) => string> {
  const present = presentIn(await context.people());
  return (person) => present(person) ?? person;
}

/** Those who are there: whoever replaced somebody holds their seat, but for marks, which are for who declared their interests. Nobody holds two. */
function thereOf(
  seated: readonly Seated[],
  { ask: { kind }, present }: { ask: Pick<AskSpec, 'kind'>; present: (id: string) => string | undefined },
): Seated[] {
  const there = seated.flatMap((place) => {
    const person = present(place.person);
    return person === undefined || (person !== place.person && kind === 'score') ? [] : [{ ...place, person }];
  });
  return [...new Map([...there].reverse().map((place) => [place.person, place])).values()].reverse();
}

/** What was answered to asks of the edition that count. */
export function answersIn({ tx, edition }: Pick<ReviewContext, 'tx' | 'edition'>): Participants['answers'] {
  return async (asks) => {
    const rows = await asksOfKind(tx, edition.id, asks);
    return answersOf(
      tx,
      rows.map(({ id }) => id),
    );
  };
}
