import { circuitOfDocument, documentsReadIn } from '../../domain/documents.js';
import { kinds } from '../../domain/kinds/index.js';
import { isCircuitStep, successorsOf } from '../../domain/steps.js';
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
    body: typeof answer.body === 'string' ? answer.body : '',
    hash: '',
    frozenOn: calendar.dateOf(closed_at.getTime()),
    author: name(person),
  }));
}

/** What came before: approvals of this version, and the remarks that sent the former one back. */
export async function beforeOf({ db, ask, calendar, name, large }: Scene): Promise<AskView['before']> {
  const step = isCircuitStep(ask.step) ? ask.step : circuitOfDocument[ask.step];
  if (step === undefined || large) return [];
  const version = isCircuitStep(ask.step) && ask.kind !== 'proposal' ? ask.version : ask.version - 1;
  const { rows } = await db.query<{ person: string; decision: string; closed_at: Date; remarks: string | null }>(
    `select p.person, p.decision, p.closed_at, p.answer->>'remarks' as remarks from ask_person p join ask a on a.id = p.ask
     where a.edition = $1 and a.step = $2 and a.project is not distinct from $3 and a.kind in ('approve', 'sitting')
       and p.closed = 'answered' and a.id <> $4 and a.version = $5 order by p.closed_at`,
    [ask.edition, step, ask.project, ask.id, version],
  );
  return rows.map((row) => ({
    who: name(row.person),
    what: row.decision,
    on: calendar.dateOf(row.closed_at.getTime()),
    ...(row.remarks === null ? {} : { remarks: row.remarks }),
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
