import { rawOf } from '../../domain/asks/forms.js';
import { kinds } from '../../domain/kinds/index.js';
import type { AskView } from '../../domain/view.js';
import { answersOf, asksOfKind } from '../asks.js';
import type { Scene } from './scene.js';

/** Who did not approve a version, when and how: what whoever was asked beside them reads. */
export async function sentBackOf({ db, ask, calendar, name }: Scene): Promise<AskView['sentBack']> {
  if (kinds[ask.kind].versions !== 'approved' || ask.outcome !== 'complete' || ask.result === 'approved') return undefined;
  const deciding = (await answersOf(db, [ask.id])).find(({ decision }) => decision !== 'approved');
  if (deciding === undefined) return undefined;
  const what = deciding.decision === 'refused' ? 'refused' : 'changes-requested';
  return { by: name(deciding.person), what, on: calendar.dateOf(deciding.closed_at.getTime()) };
}

/** What was answered about the version before: a new one begins with it. */
export async function formerAnswer({ db, ask, edition }: Scene): Promise<AskView['former']> {
  if (ask.version === 1 || kinds[ask.kind].versions !== 'written') return undefined;
  const asks = await asksOfKind(db, edition.id, {
    step: ask.step,
    kind: ask.kind,
    ...(ask.project === null ? {} : { project: ask.project }),
  });
  const before = asks.filter(({ version }) => version === ask.version - 1).map(({ id }) => id);
  const [first] = before.length === 0 ? [] : await answersOf(db, before);
  return first === undefined ? undefined : rawOf(first.answer);
}
