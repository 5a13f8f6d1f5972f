/** An edition as JSON: the document of `cohort show --json` (experience.md). Dates `YYYY-MM-DD`, instants ISO. */
import { planJson } from '../../domain/plan.js';
import type { EditionPage } from '../backend.js';

const iso = (at: number) => new Date(at).toISOString();

/** The document. */
export function editionJson(page: EditionPage) {
  const { edition, plan, waitingOn, projects, workflow } = page;
  return {
    id: edition.id,
    title: edition.title,
    territory: edition.territory,
    status: edition.status,
    phase: page.phase ?? null,
    startedAt: page.startedAt === undefined ? null : iso(page.startedAt),
    plan: planJson(plan, edition.locale),
    waitingOn: waitingOn.map(({ ask, kind, step, project, person, role, opened, workingDays, due, end, nextAction }) => ({
      ask,
      kind,
      step,
      ...(project ? { project: project.id } : {}),
      person: person.id,
      role,
      opened,
      workingDays,
      due,
      end: end ?? null,
      nextAction: nextAction ? { at: iso(nextAction.at), what: nextAction.what } : null,
    })),
    projects: projects.map(({ id, title, step, status }) => ({ id, title, step: step ?? null, status })),
    workflow: workflow ?? null,
  };
}
