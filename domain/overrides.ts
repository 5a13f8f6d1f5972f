/** What coordinators change of an edition's rules while it runs: a closure, the jury's day, the target, the length of a step (console.md, "Acts"). */
import { type ActSpec, RULE_ACTS } from './acts.js';
import { addDays, type Calendar, type CivilDate, calendarOf } from './calendar.js';
import { type Body, type EditionRules, LAST_DATE } from './edition.js';
import type { Plan } from './plan.js';
import type { RefusalCode } from './preview.js';
import { isCircuitStep, type StepId } from './steps.js';

/** An act that changes the rules. */
export type RuleAct = Extract<ActSpec, { act: (typeof RULE_ACTS)[number] }>;
/** Whether an act changes the rules. */
export const isRuleAct = (spec: ActSpec): spec is RuleAct => RULE_ACTS.some((act) => act === spec.act);

/** Where an edition stands when its rules are to change. `over`: the steps that are finished; `scoring`: the jury has been asked for its marks. */
export interface Standing {
  today: CivilDate;
  plan: Plan;
  over: ReadonlySet<StepId>;
  scoring: boolean;
}

type Overridden = { ok: true; rules: EditionRules } | { ok: false; code: RefusalCode; from?: CivilDate };
const no = (code: RefusalCode, from?: CivilDate): Overridden => ({ ok: false, code, ...(from === undefined ? {} : { from }) });

/** The rules after an act, or why it is refused. Time only goes forward: nothing is dated before the next working day, and a closure begins tomorrow. */
export function overridden(rules: EditionRules, act: RuleAct, standing: Standing): Overridden {
  const calendar = calendarOf(rules.territory);
  switch (act.act) {
    case 'closure':
      return closed(rules, act, standing, calendar);
    case 'move':
      return pitchMoved(rules, act.date, standing, calendar);
    case 'target':
      return retargeted(rules, act.date, standing, calendar);
    case 'sitting-add':
      return sittingAdded(rules, act, standing, calendar);
    case 'sitting-cancel':
      return sittingCancelled(rules, act, standing);
    case 'length': {
      const { step, length } = act;
      if (isCircuitStep(step) || rules.plan[step].kind !== 'fixed') return no('no-length');
      return standing.over.has(step) ? no('over') : { ok: true, rules: { ...rules, plan: { ...rules.plan, [step]: length } } };
    }
  }
}

function closed(
  rules: EditionRules,
  { from, until }: { from: CivilDate; until: CivilDate },
  { today }: Standing,
  calendar: Calendar,
): Overridden {
  const tomorrow = addDays(today, 1);
  if (from < tomorrow) return no('past', tomorrow);
  if (until < from) return no('period');
  if (until > LAST_DATE) return no('too-far', LAST_DATE);
  const pinned = [
    ...Object.values(rules.plan).flatMap((length) => (length.kind === 'pin' ? [length.date] : [])),
    ...Object.values(rules.territory.sessions).flatMap(({ dates }) => dates),
    rules.target,
  ].filter((date) => date >= from && date <= until && date > today);
  const [first] = pinned.sort();
  if (first !== undefined) return no('pinned', first);
  if (calendar.count(addDays(from, -1), until) === 0) return no('closed-already');
  const territory = { ...rules.territory, closures: [...rules.territory.closures, { from, to: until }] };
  return { ok: true, rules: { ...rules, territory } };
}

/** A date that an act may name: a working day, the next at the earliest. */
function refusedDate(date: CivilDate, { today }: Standing, calendar: Calendar): Overridden | undefined {
  const next = calendar.add(today, 1);
  if (date > LAST_DATE) return no('too-far', LAST_DATE);
  if (date < next) return no('past', next);
  return calendar.isWorkingDay(date) ? undefined : no('not-a-working-day', calendar.onOrAfter(date));
}

function pitchMoved(rules: EditionRules, date: CivilDate, standing: Standing, calendar: Calendar): Overridden {
  const refused = standing.scoring || standing.over.has('pitch') ? no('begun') : refusedDate(date, standing, calendar);
  return refused ?? { ok: true, rules: { ...rules, plan: { ...rules.plan, pitch: { kind: 'pin', date } } } };
}

function retargeted(rules: EditionRules, date: CivilDate, standing: Standing, calendar: Calendar): Overridden {
  const refused = refusedDate(date, standing, calendar);
  if (refused !== undefined) return refused;
  const earliest = standing.plan.steps.find(({ id }) => id === 'restitution')?.earliest.start;
  return earliest !== null && earliest !== undefined && date < earliest
    ? no('too-early', earliest)
    : { ok: true, rules: { ...rules, target: date } };
}

/** The rules with other sittings of a body. */
const withSittings = (rules: EditionRules, body: string, dates: readonly CivilDate[]): Overridden => {
  const { sessions } = rules.territory;
  const changed = { ...sessions[body], dates: [...dates].sort() } as Body; // there is a body of that id: both callers looked
  return { ok: true, rules: { ...rules, territory: { ...rules.territory, sessions: { ...sessions, [body]: changed } } } };
};
const sittingsOf = ({ territory: { sessions } }: EditionRules, body: string): readonly CivilDate[] | undefined =>
  Object.hasOwn(sessions, body) ? sessions[body]?.dates : undefined;

function sittingAdded(
  rules: EditionRules,
  { body, date }: { body: string; date: CivilDate },
  standing: Standing,
  calendar: Calendar,
): Overridden {
  const dates = sittingsOf(rules, body);
  if (dates === undefined) return no('no-body');
  if (dates.includes(date)) return no('sits-already');
  return refusedDate(date, standing, calendar) ?? withSittings(rules, body, [...dates, date]);
}

function sittingCancelled(rules: EditionRules, { body, date }: { body: string; date: CivilDate }, { today }: Standing): Overridden {
  const dates = sittingsOf(rules, body);
  if (dates === undefined) return no('no-body');
  const next = dates.find((one) => one >= today);
  if (date < today || !dates.includes(date)) return no('no-sitting', next);
  return withSittings(
    rules,
    body,
    dates.filter((one) => one !== date),
  );
}

/** The day on which an answer is due once days have been closed: each ask keeps the working days it has left. What is late stays late. */
export function keptDue(due: CivilDate, { today, before, after }: { today: CivilDate; before: Calendar; after: Calendar }): CivilDate {
  return due <= today ? due : after.add(today, before.count(today, due));
}
