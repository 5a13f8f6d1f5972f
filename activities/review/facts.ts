import type { CivilDate } from '../../domain/calendar.js';
import { circuitOf } from '../../domain/circuits.js';
import { type FactSpec, factId, type Recorded } from '../../domain/facts.js';
import { numbered } from '../../domain/ids.js';
import { seriesFrom } from '../../domain/lengths.js';
import { lettersOf } from '../../domain/letters.js';
import { firstSitting } from '../../domain/sittings.js';
import { isCircuitStep } from '../../domain/steps.js';
import { type AskRow, cancelAsks } from '../../store/asks.js';
import { audit } from '../../store/audit.js';
import { inSavepoint } from '../../store/db.js';
import { endEdition } from '../../store/editions.js';
import { insertFact } from '../../store/facts.js';
import { endIncidents } from '../../store/incidents.js';
import { ofRole } from '../../store/people.js';
import { endProject, insertProjects } from '../../store/projects.js';
import { queueEnded, queueNotice } from '../../store/queue.js';
import { applicationsOf } from '../../store/selection.js';
import { withFact } from '../../store/snapshot.js';
import type { ReviewContext } from './context.js';
import { applicantIn } from './people.js';

/**
 * Records what stories told, once each, with what follows from it; answers every one of them, recorded now or earlier.
 * Nothing new is recorded of an edition that is paused or over.
 */
export async function recordFacts(
  context: ReviewContext,
  facts: readonly FactSpec[],
  { running }: { running: boolean },
): Promise<Recorded[]> {
  if (facts.length === 0) return [];
  const { tx, edition, at } = context;
  const known = new Map((await context.facts()).map((row) => [row.id, row]));
  const recorded: Recorded[] = [];
  for (const fact of facts) {
    const id = factId(edition.id, fact);
    const row = known.get(id);
    if (row !== undefined) {
      recorded.push({ id, on: row.recorded_on, items: row.items ?? [] });
      continue;
    }
    if (!running) continue;
    const done = await inSavepoint(tx, () => consequences(context, fact));
    if (!done.ok) {
      await context.failed(id, done.error);
      continue; // its story waits, and the next review tries again
    }
    await context.worked(id);
    const { on, items, cancelled = [] } = done.value;
    for (const ask of cancelled) {
      context.open.delete(ask.id);
      context.settled.set(ask.id, ask);
    }
    const project = 'project' in fact ? (fact.project ?? null) : null;
    const outcome = 'outcome' in fact ? fact.outcome : null;
    const { what, step, version, generation } = fact;
    const recordedFact = { id, what, step, project, version, generation, recorded_on: on, outcome, items };
    await insertFact(tx, edition.id, { ...recordedFact, at });
    await audit(tx, [{ edition: edition.id, at, actor: 'programme', verb: `fact.${what}`, subject: id, detail: { outcome, items } }]);
    recorded.push({ id, on, items });
    if (what === 'edition-ended') context.ended = true;
    context.moved(at);
    if (changesProjects.includes(what)) context.changed();
    else await context.becomes((before) => withFact(before, context.row, { ...recordedFact, recorded_at: new Date(at) }));
  }
  return recorded;
}

const changesProjects: readonly FactSpec['what'][] = ['projects', 'project-ended', 'edition-ended'];

/** No document goes round its circuit so often. */
const lastVersion = 1_000_000;

/** What follows from a fact; `cancelled`: the asks that are over with what they belonged to. */
async function consequences(context: ReviewContext, fact: FactSpec): Promise<{ on: CivilDate; items: string[]; cancelled?: AskRow[] }> {
  const { today } = context;
  switch (fact.what) {
    case 'finished':
      return { on: await lastDayOf(context, fact), items: [] };
    case 'projects':
      return { on: today, items: await createProjects(context) };
    case 'sessions':
      return { on: today, items: await fieldDays(context, fact.project) };
    case 'sitting':
      return { on: today, items: nextSitting(context, fact) };
    case 'project-ended': {
      const on = await lastDayOf(context, { ...fact, version: lastVersion });
      const cancelled = await cancelAsks(context.tx, context.edition.id, { project: fact.project, at: context.at, on: today });
      await endProject(context.tx, context.edition.id, fact.project, { outcome: fact.outcome, on });
      await endIncidents(context.tx, context.edition.id, { project: fact.project, at: context.at });
      await tellOutcome(context, fact.project);
      return { on, items: [fact.outcome], cancelled };
    }
    case 'edition-ended': {
      const cancelled = await cancelAsks(context.tx, context.edition.id, { at: context.at, on: today });
      await endEdition(context.tx, context.edition.id, { at: context.at, status: fact.outcome });
      if (fact.outcome === 'cancelled') await queueEnded(context);
      return { on: today, items: [], cancelled };
    }
  }
}

/** The day on which a step's last ask was settled, up to a version; a step that asked nothing ends with what came before it. */
async function lastDayOf(
  context: ReviewContext,
  { step, project, version }: { step: FactSpec['step']; project?: string; version: number },
): Promise<CivilDate> {
  const here = [...context.settled.values()].flatMap(({ closed_on: on, ...ask }) => (on === null ? [] : [{ ...ask, on }]));
  const ends = [...(await context.now()).closings, ...here]
    .filter((one) => one.step === step && one.project === (project ?? null) && one.version <= version)
    .map(({ on }) => on);
  return ends.sort().at(-1) ?? (await context.timing(step, project)).before ?? context.today;
}

/** The retained applications become projects, each carried by its need's directorate; every applicant's letter is queued. */
async function createProjects(context: ReviewContext): Promise<string[]> {
  const { tx, edition, at } = context;
  const applicant = await applicantIn(context);
  const applications = (await applicationsOf(tx, edition.id)).filter((application) => application.state === 'submitted');
  const retained = applications.filter((application) => application.fate === 'retained');
  const projects = retained.map((application, index) => {
    const need = edition.needs.find((n) => n.id === application.need) ?? edition.needs[0];
    if (need === undefined) throw new Error('an edition has at least one need');
    return {
      id: numbered('p', index + 1),
      application: application.id,
      title: application.title,
      need: need.id,
      applicant: applicant(application.person),
      directorate: need.directorate,
    };
  });
  await insertProjects(tx, edition.id, projects);
  for (const { application, person, fate } of lettersOf(applications))
    await queueNotice(context, {
      key: `letter.${application}`,
      person: applicant(person),
      template: 'letter',
      context: { application, fate },
      letter: true,
    });
  await audit(
    tx,
    projects.map((project) => ({
      edition: edition.id,
      at,
      actor: 'programme',
      verb: 'project.created',
      subject: project.id,
      detail: { application: project.application, directorate: project.directorate },
    })),
  );
  return projects.map((project) => project.id);
}

/** Those who carried a project are told how it ended; all of it that was asked is asked no more. */
async function tellOutcome(context: ReviewContext, id: string): Promise<void> {
  const project = (await context.projects()).find((p) => p.id === id);
  if (project === undefined) return;
  const coordinators = ofRole(await context.people(), 'coordinator');
  for (const person of new Set([project.applicant, project.directorate, ...coordinators]))
    await queueNotice(context, { key: `outcome.${id}.${person}`, person, template: 'outcome', context: { project: id }, letter: true });
}

/** The days of a project's sessions, from the first working day after its roadmap was approved. */
async function fieldDays(context: ReviewContext, project: string): Promise<CivilDate[]> {
  const { edition, calendar } = context;
  const { before } = await context.timing('field', project);
  const first = before === undefined ? context.today : calendar.add(before, 1);
  const from = first > context.today ? first : calendar.add(context.today, 1);
  const length = edition.plan.field;
  switch (length.kind) {
    case 'series':
      return seriesFrom(from, length, calendar) ?? [];
    case 'pin':
      return [[length.date, from].sort()[1] ?? from];
    case 'fixed':
      return [from];
  }
}

function nextSitting({ edition }: ReviewContext, fact: Extract<FactSpec, { what: 'sitting' }>): string[] {
  const body = isCircuitStep(fact.step) ? circuitOf(edition, fact.step).session : undefined;
  const sitting = body === undefined ? undefined : firstSitting(edition, body, fact.after, fact.adjourned);
  return sitting === undefined ? [] : [sitting.date];
}
