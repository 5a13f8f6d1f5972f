/** The plan as a drawing: alone in a file, or inline in a page whose style sheet names the three hands' colours. */
import type { CivilDate, Period } from '../calendar.js';
import { type StepId, stepOf } from '../steps.js';
import { inWords, type Locale, STEP_WORDS, type Words } from '../words.js';
import { COLOUR, escaped, frameOf, INK, LATE, LEFT, n, opened, PALE, ROW, SOFT, TOP, WIDTH } from './frame.js';
import { extentOf, windowOf } from './scale.js';
import type { Plan, PlannedStep } from './types.js';

/** What has really happened to a step: `finish` is null while it runs. */
export type Lived = Partial<Record<StepId, { start: CivilDate; finish: CivilDate | null }>>;

/** How a plan is drawn. `idPrefix` keeps ids unique when a page has several drawings. */
export type SvgOptions = {
  locale: Locale;
  closures?: readonly Period[];
  lived?: Lived;
  today?: CivilDate;
  idPrefix?: string;
};

const TITLE: Words = { fr: 'Rétroplanning de l’édition', en: 'Backward schedule of the edition' };
const KEY: Words = {
  fr: 'clair : du plus tôt au plus tard · ○ séance · ◆ séance délibérante · ┊ dépôt du dossier · gris : fermeture',
  en: 'pale: from earliest to latest · ○ session · ◆ sitting · ┊ file due · grey: closure',
};
const FULL: { lived: Words; planned: Words } = {
  lived: { fr: 'plein : vécu', en: 'full: as lived' },
  planned: { fr: 'plein : au plus tôt', en: 'full: earliest' },
};

/** The plan as SVG: windows pale, what was lived full (or, before anything was, the earliest days), sessions, sittings, filing days. */
export function planSvg(plan: Plan, { locale, closures = [], lived, today, idPrefix = 'plan' }: SvgOptions): string {
  const dates = Object.values(lived ?? {}).flatMap((span) => [span.start, span.finish]);
  const { from, to } = extentOf(plan, today, ...dates);
  const { x, bar, bottom, ground } = frameOf({ from, to, rows: plan.steps.length, closures, locale });
  const height = bottom + 34;
  const row = (step: PlannedStep, i: number): string => {
    const y = TOP + i * ROW;
    const hand = stepOf(step.id).hand;
    const open = windowOf(step);
    const real = lived?.[step.id];
    const full = lived ? real && { start: real.start, finish: real.finish ?? today ?? real.start } : step.earliest;
    return [
      `<text fill="${INK}" x="0" y="${y + 14}">${escaped(STEP_WORDS[step.id][locale])}</text>`,
      open ? bar(open.from, open.to, y + 4, 12, `rx="3" fill="${PALE[hand]}" stroke="${COLOUR[hand]}" stroke-opacity=".35"`) : '',
      full?.start && full.finish && !(step.occurrences && !lived) && !(step.session && !lived)
        ? bar(full.start, full.finish, y + 6.5, 7, `rx="2" fill="${COLOUR[hand]}"`)
        : '',
      ...(step.occurrences?.earliest ?? []).map(
        (date) => `<circle cx="${n(x(date) + 1)}" cy="${y + 10}" r="3" fill="none" stroke="${COLOUR[hand]}" stroke-width="1.5"/>`,
      ),
      sittingMarks(step, y),
    ].join('');
  };
  const sittingMarks = (step: PlannedStep, y: number): string => {
    const sitting = step.session?.latest ?? step.session?.earliest;
    if (!sitting) return '';
    const at = n(x(sitting.fileBy));
    return `<path d="M${n(x(sitting.date))} ${y + 2} l6 8 l-6 8 l-6 -8 z" fill="${COLOUR.authority}"/><line x1="${at}" x2="${at}" y1="${y + 2}" y2="${y + 18}" stroke="${COLOUR.authority}" stroke-width="2" stroke-dasharray="2 2"/>`;
  };
  const now = today
    ? `<line x1="${n(x(today))}" x2="${n(x(today))}" y1="18" y2="${bottom}" stroke="${LATE}" stroke-width="1.5"/>` +
      `<text fill="${LATE}" style="fill:${LATE}" text-anchor="${x(today) > WIDTH * 0.75 ? 'end' : 'start'}" x="${n(x(today) + (x(today) > WIDTH * 0.75 ? -4 : 4))}" y="${bottom + 14}">${locale === 'fr' ? `aujourd’hui, ${inWords(today, 'fr', { today })}` : `today, ${inWords(today, 'en', { today })}`}</text>`
    : '';
  const key = `${(lived ? FULL.lived : FULL.planned)[locale]} · ${KEY[locale]}`;
  return [
    ...opened({ idPrefix, locale, height, title: TITLE[locale], description: describe(plan, locale) }),
    ...ground,
    ...plan.steps.map(row),
    now,
    `<text class="soft" fill="${SOFT}" x="${LEFT}" y="${height - 4}">${key}</text></svg>`,
  ].join('\n');
}

/** The drawing in a sentence, for who does not see it. */
function describe(plan: Plan, locale: Locale): string {
  const day = (date: CivilDate) => inWords(date, locale, { year: true });
  const slack = plan.slackWorkingDays;
  return locale === 'fr'
    ? `Chaque étape, du ${day(plan.start)} à la restitution du ${day(plan.target)}, au plus tôt et au plus tard.${slack === null ? '' : ` Marge : ${slack} jours ouvrés.`} Le tableau des dates dit la même chose.`
    : `Every step, from ${day(plan.start)} to the restitution on ${day(plan.target)}, at the earliest and at the latest.${slack === null ? '' : ` Slack: ${slack} working days.`} The table of dates says the same.`;
}
