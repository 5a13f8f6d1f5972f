/** What a digest says of what moved and of what comes. Nothing that anybody wrote, but the titles of projects. */

import type { ProjectOutcome } from '../../domain/asks.js';
import { plain, strong } from '../../domain/clean.js';
import type { Coming, News } from '../../domain/digest.js';
import { type Clock, dateInWords } from '../../domain/instants.js';
import type { DigestContent } from '../../domain/mails.js';
import { capital, inline, list, momentOf, quoted } from '../../domain/phrases.js';
import type { StepId } from '../../domain/steps.js';
import { type Locale, STEP_WORDS, type Words } from '../../domain/words.js';
import { askWords } from './asks.js';

/** A step that is over, as a headline; its day follows. Those that nobody is told of have theirs elsewhere (`domain/digest.ts`). */
const finished: Record<StepId, Words> = {
  interviews: { fr: 'Entretiens croisés terminés', en: 'Cross interviews finished' },
  diagnosis: { fr: 'Diagnostic déposé', en: 'Diagnosis deposited' },
  'diagnosis-approval': { fr: 'Diagnostic validé', en: 'Diagnosis approved' },
  'call-writing': { fr: 'Appel à candidatures ouvert', en: 'Call for applications opened' },
  'call-open': { fr: 'Appel à candidatures clos', en: 'Call for applications closed' },
  eligibility: { fr: 'Recevabilité des candidatures établie', en: 'Eligibility of applications ruled' },
  shortlist: { fr: 'Présélection établie', en: 'Shortlist drawn' },
  jury: { fr: 'Jury constitué', en: 'Jury seated' },
  'pitch-preparation': { fr: 'Pitchs préparés', en: 'Pitches prepared' },
  pitch: { fr: 'Délibération du jury déposée', en: 'Deliberation of the jury deposited' },
  'selection-approval': { fr: 'Sélection validée', en: 'Selection approved' },
  introductions: { fr: 'Mises en relation terminées', en: 'Introductions finished' },
  roadmap: { fr: 'Feuille de route déposée', en: 'Roadmap deposited' },
  'roadmap-approval': { fr: 'Feuille de route validée', en: 'Roadmap approved' },
  field: { fr: 'Séances de terrain terminées', en: 'Field sessions finished' },
  'impact-analysis': { fr: "Analyse d'impact déposée", en: 'Impact analysis deposited' },
  evaluation: { fr: 'Bilans remis', en: 'Reports handed in' },
  'outcome-approval': { fr: 'Suites validées', en: 'Outcome approved' },
  restitution: { fr: 'Restitution faite', en: 'Restitution made' },
};
const notApproved: Partial<Record<StepId, Words>> = {
  'diagnosis-approval': { fr: 'Diagnostic non validé', en: 'Diagnosis not approved' },
  'roadmap-approval': { fr: 'Feuille de route refusée', en: 'Roadmap refused' },
};
const sentBack: Partial<Record<StepId, Words>> = {
  'diagnosis-approval': { fr: 'Diagnostic à reprendre', en: 'Diagnosis to be revised' },
  'selection-approval': { fr: 'Sélection à reprendre', en: 'Selection to be revised' },
  'roadmap-approval': { fr: 'Feuille de route à reprendre', en: 'Roadmap to be revised' },
  'outcome-approval': { fr: 'Suite proposée à reprendre', en: 'Proposed outcome to be revised' },
};
const ends: Record<ProjectOutcome, Words> = {
  agreement: { fr: 'Convention décidée', en: 'Agreement decided' },
  'scale-up': { fr: "Passage à l'échelle décidé", en: 'Scale-up decided' },
  end: { fr: 'Expérimentation arrivée à son terme', en: 'Experiment come to its term' },
  'not-started': { fr: 'Expérimentation non commencée', en: 'Experiment not started' },
  dropped: { fr: 'Expérimentation arrêtée', en: 'Experiment stopped' },
};
/** What is to be over, where the name of its step would say it less well. */
const comingWords: Partial<Record<StepId, Words>> = {
  'call-open': { fr: "Clôture de l'appel à candidatures", en: 'Closing of the call for applications' },
  roadmap: { fr: 'Feuille de route', en: 'Roadmap' },
  'roadmap-approval': { fr: 'Validation de la feuille de route', en: 'Approval of the roadmap' },
  field: { fr: 'Fin des séances de terrain', en: 'End of the field sessions' },
  evaluation: { fr: 'Bilans', en: 'Reports' },
  'outcome-approval': { fr: 'Décision sur la suite', en: 'Decision on what follows' },
};
const beingRead: Words = { fr: ' ; toutes les candidatures reçues sont examinées', en: '; all applications received are being examined' };
const adjourned: Words = { fr: 'Délibération reportée à une prochaine séance', en: 'Deliberation put off to a later sitting' };
const held: Words = { fr: 'Séance de terrain tenue', en: 'Field session held' };
const notHeld: Words = { fr: 'Séance de terrain non tenue', en: 'Field session not held' };
const retained: Words = { fr: 'Projets retenus annoncés', en: 'Retained projects announced' };
const noneRetained: Words = { fr: 'Décisions annoncées : aucun projet retenu', en: 'Decisions announced: no project retained' };
const decisions: Words = { fr: 'Annonce des projets retenus', en: 'Announcement of the retained projects' };
const allAtOnce: Words = { fr: 'à tous le même jour, prévue', en: 'to everybody on one day, planned' };

function headlineOf(news: News, locale: Locale, any: boolean): string {
  switch (news.what) {
    case 'finished':
      return ((news.outcome === 'refused' ? notApproved[news.step] : undefined) ?? finished[news.step])[locale];
    case 'sent-back':
      return (sentBack[news.step] ?? finished[news.step])[locale];
    case 'adjourned':
      return adjourned[locale];
    case 'projects':
      return (any ? retained : noneRetained)[locale];
    case 'session':
      return (news.held ? held : notHeld)[locale];
    case 'project-ended':
      return ends[news.outcome][locale];
  }
}

/** One line of a list: what, its day, and which projects. */
interface Line {
  what: string;
  when: string;
  projects: string[];
}

/** Lines that say the same thing of the same day are one, with all their projects. */
function together(lines: readonly Line[], locale: Locale): string[] {
  const merged = new Map<string, Line>();
  for (const line of lines) {
    const known = merged.get(`${line.what}\n${line.when}`);
    if (known === undefined) merged.set(`${line.what}\n${line.when}`, { ...line, projects: [...line.projects] });
    else known.projects.push(...line.projects);
  }
  return [...merged.values()].map(({ what, when, projects }) => {
    const named = projects.length === 0 ? '' : `${locale === 'fr' ? ' : ' : ': '}${list([...new Set(projects)], locale)}`;
    return `${strong(what)} ${when}${named}`;
  });
}

const on = (day: string, locale: Locale): string => (locale === 'fr' ? `le ${day}` : `on ${day}`);
const by = (day: string, locale: Locale): string => (locale === 'fr' ? `d'ici au ${day}` : `by ${day}`);

/** A project's title in quotes: what stands out in a line is what happened. */
const titleOf = (title: string | undefined, locale: Locale): string => plain(quoted(title ?? '', locale));

/** A digest, and when and where it is read. */
type Written = DigestContent & Clock;

/** What moved, a line each, oldest first. */
export function newsLines({ news, projects, ...clock }: Written, locale: Locale): string[] {
  const title = (id: string) => titleOf(projects[id], locale);
  const all = Object.keys(projects).map(title);
  return together(
    news.map((one) => ({
      what: headlineOf(one, locale, all.length > 0),
      when: on(dateInWords(one.what === 'session' ? one.day : one.on, clock, locale), locale) + (isClosing(one) ? beingRead[locale] : ''),
      projects: one.what === 'projects' ? all : 'project' in one && one.project !== undefined ? [title(one.project)] : [],
    })),
    locale,
  );
}

const isClosing = (news: News): boolean => news.what === 'finished' && news.step === 'call-open' && news.outcome !== 'none';

/** The dates to come, a line each. */
export function comingLines({ coming, projects, ...clock }: Written, locale: Locale): string[] {
  return together(
    coming.map((one) => ({
      what: capital(comingWord(one, locale)),
      when: whenOf(one, dateInWords(one.on, clock, locale), locale),
      projects: one.project === undefined ? [] : [titleOf(projects[one.project], locale)],
    })),
    locale,
  );
}

function whenOf(coming: Coming, day: string, locale: Locale): string {
  if (coming.what === 'step' && coming.step !== 'pitch') return by(day, locale);
  return coming.what === 'decisions' ? `${allAtOnce[locale]} ${on(day, locale)}` : on(day, locale);
}

function comingWord(coming: Coming, locale: Locale): string {
  switch (coming.what) {
    case 'step':
      return (comingWords[coming.step] ?? STEP_WORDS[coming.step])[locale];
    case 'session':
      return locale === 'fr' ? 'Séance de terrain' : 'Field session';
    case 'sitting':
      return inline(coming.body);
    case 'decisions':
      return decisions[locale];
    case 'restitution':
      return STEP_WORDS.restitution[locale];
  }
}

/** What is asked, by when, and the words of its link. */
export function askedItem({ view, link }: DigestContent['asked'][number], locale: Locale): { text: string; label: string; href: string } {
  const words = askWords(view.ask.kind, locale);
  const { text, agree } = words.thing(view);
  return { text: `${capital(text)}, ${expected(agree, view, locale)}`, label: words.act, href: link };
}

/** Who owes what, since when. */
export function lateLine({ view, name }: DigestContent['late'][number], locale: Locale): string {
  const { text, agree } = askWords(view.ask.kind, locale).thing(view);
  return `${strong(capital(inline(name)))}${locale === 'fr' ? ' : ' : ': '}${text}, ${expected(agree, view, locale)}`;
}

function expected(agree: string, view: DigestContent['asked'][number]['view'], locale: Locale): string {
  const due = strong(dateInWords(view.ask.due, view, locale));
  const fr = locale === 'fr';
  switch (momentOf(view)) {
    case 'ahead':
      return fr ? `attendu${agree} d'ici au ${due}` : `expected by ${due}`;
    case 'today':
      return fr ? `attendu${agree} aujourd'hui` : 'expected today';
    case 'past':
      return fr ? `attendu${agree} depuis le ${due}` : `expected since ${due}`;
  }
}
