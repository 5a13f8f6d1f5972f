import type { Words } from '../../domain/words.js';
import type { ApplicationRow } from '../../store/selection.js';

/** What is frozen for approval when the answer itself is not a document: written in the territory's language. */
export interface Minutes {
  title: string;
  body: string;
}

const proposalWords: Record<'agreement' | 'scale-up' | 'end', Words> = {
  agreement: { fr: 'Proposition : une convention', en: 'Proposal: an agreement' },
  'scale-up': { fr: "Proposition : un changement d'échelle", en: 'Proposal: a scale-up' },
  end: { fr: "Proposition : la fin de l'expérimentation", en: 'Proposal: an end to the experiment' },
};
const headings: Record<'deliberation' | 'retained' | 'reserve' | 'not-retained' | 'reasons', Words> = {
  deliberation: { fr: 'Délibération du jury', en: "The jury's deliberation" },
  retained: { fr: 'Retenus', en: 'Retained' },
  reserve: { fr: 'En réserve', en: 'Reserve' },
  'not-retained': { fr: 'Non retenus', en: 'Not retained' },
  reasons: { fr: 'Motifs', en: 'Reasons' },
};

/** The minutes of a proposal: what comes next, with its terms. */
export function proposalMinutes({ outcome, terms }: { outcome: string; terms: string }, locale: 'fr' | 'en'): Minutes {
  const known = outcome === 'agreement' || outcome === 'scale-up' ? outcome : 'end';
  return { title: proposalWords[known][locale], body: terms };
}

/** The minutes of a deliberation: who is retained, in reserve or not, and why, one by one and in common. Titles as the applicants gave them. */
export function deliberationMinutes(
  pitched: readonly ApplicationRow[],
  { reason, reasons, minutes }: { reason: string; reasons: Readonly<Record<string, string>>; minutes: string },
  locale: 'fr' | 'en',
): Minutes {
  const section = (fate: 'retained' | 'reserve' | 'not-retained') => {
    const titles = pitched
      .filter((application) => application.fate === fate)
      .map(({ id, title }) => `– ${title}${reasons[id] === undefined ? '' : `\n${reasons[id]}`}`);
    return titles.length === 0 ? [] : [`${headings[fate][locale]}\n${titles.join('\n')}`];
  };
  const body = [
    ...section('retained'),
    ...section('reserve'),
    ...section('not-retained'),
    `${headings.reasons[locale]}\n${reason}`,
    ...(minutes === '' ? [] : [minutes]),
  ];
  return { title: headings.deliberation[locale], body: body.join('\n\n') };
}
