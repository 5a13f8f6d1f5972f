import type { AskSpec } from '../../domain/asks.js';
import { kinds } from '../../domain/kinds/index.js';
import type { Participants } from '../../domain/kinds/kind.js';
import { answersOf, asksOfKind, type Seated } from '../../store/asks.js';
import { ofRole } from '../../store/people.js';
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
  return kinds[ask.kind].seats(participants);
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
