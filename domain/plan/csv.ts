/** The plan as a table for spreadsheets: one row per step, dates as YYYY-MM-DD. */
import { type CsvDialect, csvText } from '../csv.js';
import { stepOf } from '../steps.js';
import { HAND_WORDS, type Locale, PHASE_WORDS, STEP_WORDS } from '../words.js';
import type { Plan } from './types.js';

const HEADINGS: Record<Locale, readonly string[]> = {
  fr: [
    'id',
    'Étape',
    'Phase',
    'Porté par',
    'Début au plus tôt',
    'Fin au plus tôt',
    'Début au plus tard',
    'Fin au plus tard',
    'Marge (jours ouvrés)',
    'Critique',
    'Séances',
    'Séance délibérante',
    'Dépôt du dossier',
  ],
  en: [
    'id',
    'Step',
    'Phase',
    'Carried by',
    'Earliest start',
    'Earliest finish',
    'Latest start',
    'Latest finish',
    'Slack (working days)',
    'Critical',
    'Sessions',
    'Sitting',
    'File due',
  ],
};

/** The plan as CSV. */
export function planCsv(plan: Plan, locale: Locale, dialect: CsvDialect): string {
  const yes: Record<Locale, string> = { fr: 'oui', en: 'yes' };
  const rows = plan.steps.map((step) => [
    step.id,
    STEP_WORDS[step.id][locale],
    PHASE_WORDS[step.phase][locale],
    HAND_WORDS[stepOf(step.id).hand][locale],
    step.earliest.start,
    step.earliest.finish,
    step.latest.start,
    step.latest.finish,
    step.slackWorkingDays,
    step.critical ? yes[locale] : '',
    step.occurrences?.earliest?.join(' ') ?? '',
    step.session?.latest?.date ?? '',
    step.session?.latest?.fileBy ?? '',
  ]);
  return csvText([HEADINGS[locale], ...rows], dialect);
}
