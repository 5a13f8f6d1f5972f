/** What is broken in a plan, and what would mend it: the smallest change that does, found by trying. */
import { type CivilDate, calendarOf } from '../calendar.js';
import type { EditionRules } from '../edition.js';
import { bodyOf } from '../sittings.js';
import { type CircuitStepId, isCircuitStep, type OwnStepId, STEP_IDS, STEPS, type StepId } from '../steps.js';
import { inWords, type Locale, STEP_WORDS, type Words, workingDays } from '../words.js';
import { type Early, earliest } from './earliest.js';
import type { Late } from './latest.js';
import type { PlanFacts, PlanProblem } from './types.js';

type Passes = { edition: EditionRules; early: Map<StepId, Early>; late: Map<StepId, Late>; facts?: PlanFacts };
type Test = (early: Map<StepId, Early>) => boolean;

/** Every broken constraint of a plan, in the order of the steps. Empty when the plan holds. */
export function problemsOf(passes: Passes): PlanProblem[] {
  return STEPS.flatMap((step) => {
    const early = passes.early.get(step.id);
    const late = passes.late.get(step.id);
    if (!early || !late || early.progress === 'done') return [];
    const found = isCircuitStep(step.id)
      ? sittingProblem(step.id, early, late, passes)
      : (pinProblem(step.id, early, passes) ?? seriesProblem(step.id, early, late));
    const target = step.id === 'restitution' ? targetProblem(early, passes) : undefined;
    return [found, target].filter((problem) => problem !== undefined);
  });
}

function pinProblem(id: OwnStepId, early: Early, passes: Passes): PlanProblem | undefined {
  const { edition, facts } = passes;
  const length = edition.plan[id];
  if (length.kind !== 'pin' || early.ready === null || early.ready <= length.date || early.progress === 'running') return undefined;
  const ready = early.ready;
  const sooner = startSooner(passes, (tried) => isBy(tried.get(id)?.ready, length.date), id);
  return {
    step: id,
    kind: 'pin-missed',
    message: words((locale) => {
      const [name, day, first] = [STEP_WORDS[id][locale], on(length.date, locale), on(ready, locale)];
      const what =
        locale === 'fr'
          ? `« ${name} » est fixé au ${day}, mais ne peut être prêt avant le ${first}`
          : `"${name}" is pinned to ${day}, but cannot be ready before ${first}`;
      const move = facts ? undefined : locale === 'fr' ? `déplacer cette date au ${first}` : `move that date to ${first}`;
      const lived = facts ? (locale === 'fr' ? `il aura lieu le ${first}` : `it will be held on ${first}`) : undefined;
      return sentence(what, [sooner?.[locale], move, lived], locale);
    }),
  };
}

function seriesProblem(id: OwnStepId, early: Early, late: Late): PlanProblem | undefined {
  const forwards = early.series && early.series.ahead === null && early.ready !== null;
  const backwards = early.series && late.ahead === null && late.end !== null;
  if (!forwards && !backwards) return undefined;
  const from = forwards ? early.ready : late.end;
  return {
    step: id,
    kind: 'series-missed',
    message: words((locale) => {
      const name = STEP_WORDS[id][locale];
      const day = from === null ? '' : on(from, locale);
      const what =
        locale === 'fr'
          ? `« ${name} » ne trouve pas assez de jours valables dans les deux ans ${forwards ? 'après' : 'avant'} le ${day}`
          : `"${name}" does not find enough valid days in the two years ${forwards ? 'after' : 'before'} ${day}`;
      const mend =
        locale === 'fr'
          ? ['choisir un jour ouvré dans `every`', 'élargir `during`', 'compléter `schoolHolidays`']
          : ['choose a working day in `every`', 'widen `during`', 'complete `schoolHolidays`'];
      return sentence(what, mend, locale);
    }),
  };
}

function sittingProblem(id: CircuitStepId, early: Early, late: Late, passes: Passes): PlanProblem | undefined {
  const { edition } = passes;
  const session = edition.circuits[id].session;
  const stagesEnd = early.session?.stagesEnd ?? null;
  if (session === undefined || !early.session || early.session.filed) return undefined;
  const body = bodyOf(edition, session);
  const cal = calendarOf(edition.territory);
  const wanted = late.sitting ?? null;
  const reached = early.session.sitting;
  const problem = (say: (locale: Locale) => string): PlanProblem => ({ step: id, kind: 'sitting-missed', message: words(say) });

  if (stagesEnd !== null && reached === null) {
    const sooner = startSooner(passes, (tried) => Boolean(tried.get(id)?.session?.sitting), id);
    return problem((locale) => {
      const day = on(stagesEnd, locale);
      const what =
        locale === 'fr'
          ? `« ${STEP_WORDS[id].fr} » : le dossier serait prêt le ${day}, et il ne reste aucune séance (${body.name}) dont le dépôt soit encore ouvert`
          : `"${STEP_WORDS[id].en}": the file would be ready on ${day}, and no sitting (${body.name}) that can still be filed for is left`;
      const add =
        locale === 'fr'
          ? `ajouter une séance le ${on(cal.add(stagesEnd, body.fileByWorkingDays), locale)} ou après`
          : `add a sitting on ${on(cal.add(stagesEnd, body.fileByWorkingDays), locale)} or later`;
      return sentence(what, [sooner?.[locale], add], locale);
    });
  }
  if (wanted === null && late.end !== null) {
    const end = late.end;
    const finish = passes.early.get('restitution')?.finish ?? null;
    return problem((locale) => {
      const what =
        locale === 'fr'
          ? `« ${STEP_WORDS[id].fr} » : aucune séance (${body.name}) au plus tard le ${on(end, locale)}, dernier jour utile`
          : `"${STEP_WORDS[id].en}": no sitting (${body.name}) by ${on(end, locale)}, the last day that would do`;
      const next = reached
        ? locale === 'fr'
          ? `attendre celle du ${on(reached.date, locale)}${finish ? `, ce qui mène la restitution au ${on(finish, locale)}` : ''}`
          : `wait for that of ${on(reached.date, locale)}${finish ? `, which takes the restitution to ${on(finish, locale)}` : ''}`
        : undefined;
      const add = locale === 'fr' ? 'ajouter une séance avant ce jour' : 'add a sitting before that day';
      return sentence(what, [next, add], locale);
    });
  }
  if (wanted === null || reached === null || reached.date <= wanted.date || stagesEnd === null) return undefined;
  const sooner = startSooner(passes, (tried) => isBy(tried.get(id)?.session?.sitting?.date, wanted.date), id);
  const cost = cal.count(wanted.date, reached.date);
  const lateBy = cal.count(wanted.fileBy, stagesEnd);
  return problem((locale) => {
    const what =
      locale === 'fr'
        ? `« ${STEP_WORDS[id].fr} » manque la séance du ${on(wanted.date, locale)} (${body.name}) : dossier à déposer le ${on(wanted.fileBy, locale)}, prêt ${workingDays(lateBy, locale)} plus tard`
        : `"${STEP_WORDS[id].en}" misses the sitting of ${on(wanted.date, locale)} (${body.name}): file due on ${on(wanted.fileBy, locale)}, ready ${workingDays(lateBy, locale)} later`;
    const next =
      locale === 'fr'
        ? `prendre la suivante, le ${on(reached.date, locale)}, qui coûte ${workingDays(cost, locale)}`
        : `take the next, on ${on(reached.date, locale)}, which costs ${workingDays(cost, locale)}`;
    return sentence(what, [sooner?.[locale], next], locale);
  });
}

function targetProblem(early: Early, passes: Passes): PlanProblem | undefined {
  const { edition } = passes;
  const finish = early.finish;
  if (finish === null || finish <= edition.target) return undefined;
  const cost = calendarOf(edition.territory).count(edition.target, finish);
  const sooner = startSooner(passes, (tried) => isBy(tried.get('restitution')?.finish, edition.target), 'restitution');
  return {
    step: 'restitution',
    kind: 'target-missed',
    message: words((locale) => {
      const what =
        locale === 'fr'
          ? `La restitution ne peut avoir lieu avant le ${on(finish, locale)}, ${workingDays(cost, locale)} après la date visée`
          : `The restitution cannot be held before ${on(finish, locale)}, ${workingDays(cost, locale)} after its target`;
      const move = locale === 'fr' ? `reporter la restitution au ${on(finish, locale)}` : `move the target to ${on(finish, locale)}`;
      return sentence(what, [sooner?.[locale], move], locale);
    }),
  };
}

/**
 * The smallest change that makes a constraint hold: starting sooner; behind a pin, bringing that pin forward; if what comes before the
 * pin has not the slack for that, both. Undefined when two years would not do, or once the edition runs.
 */
function startSooner({ edition, facts }: Passes, holds: Test, before: StepId): Words | undefined {
  if (facts) return undefined;
  const cal = calendarOf(edition.territory);
  const pin = lastPinBefore(edition, before);
  const sooner = (date: CivilDate, n: number): CivilDate => cal.add(cal.onOrAfter(date), -n);
  const startMoved = (n: number): EditionRules => ({ ...edition, start: sooner(edition.start, n) });
  const say = (n: number, start: CivilDate) =>
    words((locale) =>
      locale === 'fr'
        ? `commencer ${workingDays(n, 'fr')} plus tôt, le ${on(start, 'fr')}`
        : `start ${workingDays(n, 'en')} sooner, on ${on(start, 'en')}`,
    );
  if (!pin) {
    const n = smallest((tried) => holds(earliest(startMoved(tried))));
    return n === undefined ? undefined : say(n, sooner(edition.start, n));
  }
  const pinned = (base: EditionRules, n: number): EditionRules => ({
    ...base,
    plan: { ...base.plan, [pin.id]: { kind: 'pin', date: sooner(pin.date, n) } },
  });
  const n = smallest((tried) => holds(earliest(pinned(edition, tried))));
  if (n === undefined) return undefined;
  const date = sooner(pin.date, n);
  const isReady = (tried: EditionRules) => isBy(earliest(tried).get(pin.id)?.ready, date);
  const first = smallest((tried) => isReady(pinned(startMoved(tried - 1), n)));
  if (first === undefined) return undefined;
  const bring = words((locale) =>
    locale === 'fr'
      ? `avancer « ${STEP_WORDS[pin.id].fr} » de ${workingDays(n, 'fr')}, au ${on(date, 'fr')}`
      : `bring "${STEP_WORDS[pin.id].en}" ${workingDays(n, 'en')} forward, to ${on(date, 'en')}`,
  );
  if (first === 1) return bring;
  const start = say(first - 1, sooner(edition.start, first - 1));
  return { fr: `${bring.fr}, et ${start.fr}`, en: `${bring.en}, and ${start.en}` };
}

/** A pin between the start and a step: starting sooner would change nothing behind it. */
function lastPinBefore(edition: EditionRules, before: StepId): { id: OwnStepId; date: CivilDate } | undefined {
  for (const id of STEP_IDS.slice(0, STEP_IDS.indexOf(before)).reverse()) {
    if (isCircuitStep(id)) continue;
    const length = edition.plan[id];
    // `jury` runs beside the call: pinning it holds nothing back but the pitch.
    if (length.kind === 'pin' && id !== 'jury') return { id, date: length.date };
  }
  return undefined;
}

const TWO_YEARS_WORKING_DAYS = 520;

/** The smallest n ≥ 1 that holds, for a test that goes on holding once it does. */
function smallest(holds: (n: number) => boolean): number | undefined {
  let high = 1;
  while (!holds(high)) {
    if (high >= TWO_YEARS_WORKING_DAYS) return undefined;
    high = Math.min(high * 2, TWO_YEARS_WORKING_DAYS);
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const isBy = (date: CivilDate | null | undefined, by: CivilDate): boolean => typeof date === 'string' && date <= by;
const on = (date: CivilDate, locale: Locale): string => inWords(date, locale, { year: true });
const words = (say: (locale: Locale) => string): Words => ({ fr: say('fr'), en: say('en') });

function sentence(what: string, mends: (string | undefined)[], locale: Locale): string {
  const left = mends.filter((mend) => mend !== undefined);
  if (left.length === 0) return `${what}.`;
  return locale === 'fr' ? `${what}. Pour y remédier : ${left.join(', ou ')}.` : `${what}. To mend it: ${left.join(', or ')}.`;
}
