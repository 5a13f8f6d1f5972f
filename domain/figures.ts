/** An edition in figures: what each counts, in one sentence that is printed beneath it (intake.md, "Figures"). */
import type { Calendar, CivilDate } from './calendar.js';
import { PHASE_IDS, type PhaseId, type StepId, stepOf } from './steps.js';
import type { Words } from './words.js';

/** What is counted. */
export const FIGURE_IDS = [
  'needs',
  'relays',
  'applications',
  'heard',
  'retained',
  'sessions',
  'missed',
  'reached',
  'agreements',
  'scale-ups',
  'ends',
  'mails',
  'reminders',
] as const;
/** One of them. */
export type FigureId = (typeof FIGURE_IDS)[number];

/** What a figure is called, and what it counts. */
export const FIGURES: Readonly<Record<FigureId, { label: Words; counts: Words }>> = {
  needs: {
    label: { fr: 'Besoins', en: 'Needs' },
    counts: { fr: 'Les besoins du fichier de l’édition.', en: 'The needs in the edition’s file.' },
  },
  relays: {
    label: { fr: 'Relais', en: 'Relays' },
    counts: { fr: 'Les relais qui ont dit avoir fait circuler l’appel.', en: 'The relays that said they had spread the call.' },
  },
  applications: {
    label: { fr: 'Candidatures', en: 'Applications' },
    counts: {
      fr: 'Les candidatures envoyées ; ni les brouillons, ni celles qui ont été retirées.',
      en: 'The applications that were sent; neither drafts nor those that were withdrawn.',
    },
  },
  heard: {
    label: { fr: 'Entendues par le jury', en: 'Heard by the jury' },
    counts: {
      fr: 'Les candidatures présélectionnées qui sont restées jusqu’au jury.',
      en: 'The shortlisted applications that stayed until the jury.',
    },
  },
  retained: {
    label: { fr: 'Projets retenus', en: 'Projects retained' },
    counts: { fr: 'Les candidatures devenues un projet.', en: 'The applications that became a project.' },
  },
  sessions: {
    label: { fr: 'Séances tenues', en: 'Sessions held' },
    counts: {
      fr: 'Les séances de terrain dont quelqu’un a dit qu’elles ont eu lieu.',
      en: 'The sessions in the field of which somebody said that they took place.',
    },
  },
  missed: {
    label: { fr: 'Séances manquées', en: 'Sessions missed' },
    counts: { fr: 'Celles dont quelqu’un a dit qu’elles n’ont pas eu lieu.', en: 'Those of which somebody said that they did not.' },
  },
  reached: {
    label: { fr: 'Personnes touchées', en: 'People reached' },
    counts: {
      fr: 'La somme des personnes venues pour la première fois aux séances tenues ; jamais celle des présences.',
      en: 'The sum of those who came for the first time to sessions that were held; never that of attendance.',
    },
  },
  agreements: {
    label: { fr: 'Conventions', en: 'Agreements' },
    counts: { fr: 'Les projets dont la suite arrêtée est une convention.', en: 'The projects whose outcome is an agreement.' },
  },
  'scale-ups': {
    label: { fr: 'Changements d’échelle', en: 'Scale-ups' },
    counts: { fr: 'Les projets dont la suite arrêtée est un changement d’échelle.', en: 'The projects whose outcome is a scale-up.' },
  },
  ends: {
    label: { fr: 'Fins d’expérimentation', en: 'Experiments ended' },
    counts: { fr: 'Les projets arrêtés, pendant ou après le terrain.', en: 'The projects that ended, in the field or after it.' },
  },
  mails: {
    label: { fr: 'Mails', en: 'Mails' },
    counts: { fr: 'Ceux que le serveur de messagerie a acceptés.', en: 'Those that the mail server has taken.' },
  },
  reminders: {
    label: { fr: 'Dont rappels', en: 'Reminders among them' },
    counts: { fr: 'Les mails qui redemandaient ce qui l’avait déjà été.', en: 'The mails that asked again for what had been asked for.' },
  },
};

/** How long a phase was to take, and took, in working days; undefined while it has not begun, or not ended. */
export interface PhaseDays {
  phase: PhaseId;
  foreseen: number;
  lived: number | undefined;
}

type Spent = { step: StepId; start: CivilDate; finish?: CivilDate | undefined };

/** The working days of each phase, from its first step’s beginning to its last one’s end, both included: as planned at the start, and as lived. */
export function phaseDays(foreseen: readonly Spent[], lived: readonly Spent[], calendar: Calendar): PhaseDays[] {
  const days = (steps: readonly Spent[], phase: PhaseId): number | undefined => {
    const own = steps.filter(({ step }) => stepOf(step).phase === phase);
    const [start] = own.map((one) => one.start).sort();
    const ends = own.flatMap(({ finish }) => (finish === undefined ? [] : [finish])).sort();
    const last = ends.at(-1);
    if (start === undefined || last === undefined || ends.length < own.length) return undefined;
    return calendar.count(calendar.addDays(start, -1), last);
  };
  return PHASE_IDS.map((phase) => ({ phase, foreseen: days(foreseen, phase) ?? 0, lived: days(lived, phase) }));
}
