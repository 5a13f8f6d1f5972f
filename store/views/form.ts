import type { FormContext, Option } from '../../domain/forms.js';
import type { ApplicationView } from '../../domain/view.js';
import type { Scene } from './scene.js';

/** Roles whose people a project may be introduced to. */
const metRoles = ['field', 'directorate', 'expert', 'evaluator'];

/** What the form of an ask depends on. */
export function formOf({ ask, edition, people }: Scene, applications: readonly ApplicationView[]): FormContext {
  const { shortlist, retained, criteria } = edition.selection;
  const n = applications.length;
  const bounds = ask.kind === 'shortlist' ? shortlist : ask.kind === 'deliberation' ? retained : { min: 0, max: n };
  const choices = ask.choices ?? [];
  const pairable = ask.kind === 'pairs' ? [...people.values()].filter((p) => metRoles.includes(p.role)) : [];
  return {
    kind: ask.kind,
    step: ask.step,
    applications: applications.map((a): Option => ({ id: a.id, label: a.title, hint: a.need })),
    criteria: criteria.map((c) => ({ id: c.id, label: c.label, weight: c.weight })),
    people: pairable.map((p): Option => ({ id: p.id, label: p.name })),
    min: Math.min(bounds.min, n),
    max: Math.min(bounds.max, n),
    choices,
    needsText: choices.includes('in-place') && ask.step === 'roadmap',
  };
}
