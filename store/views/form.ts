import type { FormContext, Option } from '../../domain/asks/forms.js';
import { takesText } from '../../domain/kinds/decide.js';
import { kinds } from '../../domain/kinds/index.js';
import type { ApplicationView } from '../../domain/view.js';
import { takenDays } from '../facts.js';
import type { Scene } from './scene.js';

/** What the form of an ask depends on. */
export async function formOf(
  { db, ask, edition, people, calendar, at }: Pick<Scene, 'db' | 'ask' | 'edition' | 'people' | 'calendar' | 'at'>,
  applications: readonly ApplicationView[],
): Promise<FormContext> {
  const { chosen, offers, form } = kinds[ask.kind];
  const name = form(ask.step);
  const own = name === undefined ? undefined : edition.forms?.[name];
  const n = applications.length;
  const choices = ask.choices ?? [];
  return {
    kind: ask.kind,
    step: ask.step,
    applications: applications.map((a): Option => ({ id: a.id, label: a.title, hint: a.need })),
    criteria: edition.selection.criteria.map((c) => ({ id: c.id, label: c.label, weight: c.weight })),
    people: [...people.values()].filter(({ role }) => offers.includes(role)).map((p): Option => ({ id: p.id, label: p.name })),
    ...(chosen?.(edition.selection, n) ?? { min: 0, max: n }),
    choices,
    needsText: takesText({ choices, step: ask.step }),
    ...(ask.kind === 'apply'
      ? {
          needs: edition.needs.map(({ id, title }): Option => ({ id, label: title })),
          ...(edition.eligibility === undefined ? {} : { rules: edition.eligibility }),
        }
      : {}),
    ...(own === undefined ? {} : { own }),
    ...(choices.includes('move') && ask.project !== null ? { taken: await takenDays(db, ask, calendar.dateOf(at)) } : {}),
  };
}
