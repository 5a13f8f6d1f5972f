import { filledSeats } from '../../domain/asks/seats.js';
import type { Standing } from '../../domain/facts.js';
import { PHASE_IDS, STEP_IDS, stepOf } from '../../domain/steps.js';
import { inWords, PHASE_WORDS, ROLE_WORDS, STEP_WORDS } from '../../domain/words.js';
import type { ReviewContext } from './context.js';

/** What the engine's own screen tells an admin, in plain words: the phase, the roles waited for, what comes next. Roles, never names. */
export async function standingOf(context: ReviewContext, wakeAt: number | null): Promise<Standing> {
  const { edition, row, calendar } = context;
  const { locale } = edition.territory;
  const asks = [...context.open.values()]
    .filter((ask) => ask.opened_at !== null)
    .sort((a, b) => STEP_IDS.indexOf(a.step) - STEP_IDS.indexOf(b.step));
  const people = await context.people();
  const { holders, quiet } = await context.now();
  const phases = asks.map((ask) => stepOf(ask.step).phase);
  const lived = PHASE_IDS.find((id) => id === row.phase) ?? 'diagnostic';
  const phase = PHASE_IDS.find((id) => phases.includes(id)) ?? lived;

  const lines = new Map<string, Set<string>>();
  for (const ask of asks) {
    const places = holders.get(ask.id) ?? [];
    const filled = filledSeats(places);
    const waited = places.filter(({ closed, seat }) => closed === null && !filled.has(seat)).map(({ person }) => people.get(person)?.role);
    for (const role of [...waited, quiet.get(ask.id)?.role])
      if (role !== undefined) lines.set(ask.step, (lines.get(ask.step) ?? new Set()).add(role));
  }
  const word = (role: string) => ROLE_WORDS[isRole(role) ? role : 'applicant'][locale];
  const details =
    asks.length === 0 ? [] : [...lines].map(([step, roles]) => `- ${stepWord(step, locale)} : ${[...roles].map(word).join(', ')}`);
  const dueAts = asks.map((ask) => ask.due_at.getTime());
  const next = wakeAt === null ? '' : `${inWords(calendar.dateOf(wakeAt), locale, { today: context.today })}, ${calendar.timeOf(wakeAt)}`;
  const ended = row.status === 'closed' || row.status === 'cancelled';
  return {
    phase: ended ? 'closed' : phase,
    waitingOn: [...new Set([...lines.values()].flatMap((roles) => [...roles]))].sort(),
    dueAt: dueAts.length === 0 ? null : dueAts.reduce((a, b) => Math.min(a, b)),
    details: [`**${PHASE_WORDS[phase][locale]}**`, ...details, next === '' ? '' : `${nextWord[locale]} ${next}`]
      .filter((line) => line !== '')
      .join('\n'),
    summary: next === '' ? waitWord[locale] : `${nextWord[locale]} ${next}`.slice(0, 190),
  };
}

const nextWord = { fr: 'Prochaine échéance :', en: 'Next look:' };
const waitWord = { fr: 'En attente de réponses', en: 'Waiting for answers' };
const isRole = (role: string): role is keyof typeof ROLE_WORDS => role in ROLE_WORDS;
const isStep = (step: string): step is keyof typeof STEP_WORDS => step in STEP_WORDS;
const stepWord = (step: string, locale: 'fr' | 'en') => (isStep(step) ? STEP_WORDS[step][locale] : step);
