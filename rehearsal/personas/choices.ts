/** What people choose where an answer is a choice: drawn, or what a sensible coordinator would do. */

import type { Raw } from '../../domain/asks/forms.js';
import type { Calendar, CivilDate } from '../../domain/calendar.js';
import { byNumber } from '../../domain/ids.js';
import type { AskView } from '../../domain/view.js';
import type { Dice } from './behaviour.js';

/** A session that fell through takes place so many working days later: a week, or on the next day on which there is none. */
const movedByWorkingDays = 5;

/** The choices of one answer; nothing where the plain answer will do. */
export function choose(view: AskView, roll: Dice, calendar: Calendar): Raw {
  const { form, ask } = view;
  switch (ask.kind) {
    case 'shortlist':
      return { applications: drawn(form.applications, roll.within('shortlist', [form.min, form.max], form.min), roll) };
    case 'deliberation':
      return deliberated(view, roll.within('retained', [form.min, form.max], form.min));
    case 'pairs':
      return { people: drawn(form.people, Math.min(form.people.length, roll.within('pairs', [1, 2], 1)), roll) };
    case 'proposal':
      return { outcome: roll.oneOf('outcome', ['agreement', 'agreement', 'scale-up', 'end']) ?? 'end' };
    case 'decide':
      return decided(view, calendar);
    default:
      return {};
  }
}

/** So many of a list, drawn; in the list's order. */
function drawn(list: readonly { id: string }[], count: number, roll: Dice): string[] {
  const byDraw = list.map(({ id }) => ({ id, draw: roll.within(id, [0, 1_000_000], 0) })).sort((a, b) => a.draw - b.draw);
  const chosen = new Set(byDraw.slice(0, count).map(({ id }) => id));
  return list.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
}

/** The best marks are retained, the next one is the reserve. */
function deliberated({ form, scores = [] }: AskView, count: number): Raw {
  const mean = (id: string) => scores.find((score) => score.application === id)?.mean ?? 0;
  const best = form.applications.map(({ id }) => id).sort((a, b) => mean(b) - mean(a) || byNumber(a, b));
  return { retained: best.slice(0, count), reserve: best.slice(count, count + 1) };
}

/** What coordinators do about what is lacking: ask once more, then go on with what there is; a session is moved once, then dropped. */
function decided({ form, ask, at: now }: AskView, calendar: Calendar): Raw {
  const { choices } = form;
  const first = ask.generation === 1;
  const wish = [...(first ? (['extend', 'move'] as const) : []), 'go-on', 'in-place', 'drop', 'drop-project', 'extend', 'move'] as const;
  const choice = wish.find((one) => choices.includes(one)) ?? choices[0] ?? '';
  const title = 'Écrit par la coordination';
  if (choice === 'move') return { choice, date: nextFree(calendar.add(calendar.dateOf(now), movedByWorkingDays), form.taken, calendar) };
  return choice === 'in-place' && form.needsText ? { choice, title, body: `${title}, faute de réponse.` } : { choice };
}

/** A day, or the first working day after it on which the project has no session. */
function nextFree(day: CivilDate, taken: readonly CivilDate[] = [], calendar: Calendar): CivilDate {
  let free = day;
  while (taken.includes(free)) free = calendar.add(free, 1);
  return free;
}
