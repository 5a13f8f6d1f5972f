import { answerText } from '../../domain/asks/form-text.js';
import { documentsReadIn } from '../../domain/documents.js';
import { kinds } from '../../domain/kinds/index.js';
import { successorsOf } from '../../domain/steps.js';
import type { AskView } from '../../domain/view.js';
import { answersOf, asksOfKind, findAsks } from '../asks.js';
import { planFrom } from '../plans.js';
import type { Scene } from './scene.js';

/** The frozen documents an ask is about, and for what comes next, the reports it builds on. */
export async function documentsAsked(scene: Scene): Promise<AskView['documents']> {
  const { ask, calendar, name, large, documents } = scene;
  if (large || !kinds[ask.kind].reads.documents) return [];
  const project = ask.project ?? '';
  const steps = documentsReadIn(ask.step);
  const inOrder = steps.flatMap((step) => documents.filter((d) => d.step === step && d.project === project));
  const frozen = inOrder.map((d) => ({
    title: d.title,
    version: d.version,
    body: d.body,
    hash: d.hash,
    frozenOn: calendar.dateOf(d.frozen_at.getTime()),
    author: name(d.author),
  }));
  return ask.step === 'outcome-approval' ? [...frozen, ...(await reports(scene))] : frozen;
}

async function reports({ db, ask, edition, calendar, name }: Scene): Promise<AskView['documents']> {
  const asks = await asksOfKind(db, edition.id, {
    step: 'evaluation',
    kind: 'report',
    ...(ask.project === null ? {} : { project: ask.project }),
  });
  const answers = await answersOf(
    db,
    asks.map((a) => a.id),
  );
  const title = edition.territory.locale === 'fr' ? 'Bilan' : 'Report';
  return answers.map(({ person, answer, closed_at }) => ({
    title: `${title} – ${name(person)}`,
    version: 1,
    body: answerText(edition, 'report', answer),
    hash: '',
    frozenOn: calendar.dateOf(closed_at.getTime()),
    author: name(person),
  }));
}

/** What came before: approvals of this version, and the remarks that sent the former one back. */
export function beforeOf({ approvals, ask, calendar, name }: Scene): AskView['before'] {
  return approvals
    .filter(({ before }) => before === ask.id)
    .map(({ person, decision, closed_at, remarks }) => ({
      who: name(person),
      what: decision,
      on: calendar.dateOf(closed_at.getTime()),
      ...(remarks === null ? {} : { remarks }),
    }));
}

/** For `decide`: what is lacking. */
export async function lackingOf({ db, ask }: Scene): Promise<AskView['lacking']> {
  if (ask.kind !== 'decide') return undefined;
  const [about] = ask.about === null ? [] : await findAsks(db, [ask.about]);
  if (about === undefined) {
    const outcome = ask.part === 'refused' ? 'refused' : ask.part === 'no-sitting' ? 'no-sitting' : 'none';
    return { kind: outcome === 'none' ? 'eligibility' : 'approve', step: ask.step, outcome };
  }
  const outcome = kinds[about.kind].lack(about.result, about.outcome);
  return { kind: about.kind, step: about.step, ...(about.part === null ? {} : { part: about.part }), outcome };
}

/** The first step that waits for an ask's step, and the day it has to start at the latest: what a silence costs. */
export function followsOf({ row, ask, at, plans }: Scene): AskView['follows'] {
  if (!kinds[ask.kind].holdsUp || row.status !== 'running') return undefined;
  const plan = planFrom(row, plans, { at, project: ask.project ?? undefined });
  const next = successorsOf(ask.step).flatMap((step) => {
    const by = plan.steps.find((planned) => planned.id === step)?.latest.start;
    return by === null || by === undefined ? [] : [{ step, by }];
  });
  return next.sort((a, b) => (a.by < b.by ? -1 : 1))[0];
}
