/** What somebody answered, put back into words for the receipt. Never an id: options are named by their label. */

import { type Answer, type Field, textsOfEach } from '../../domain/asks/forms.js';
import type { AskKind } from '../../domain/asks.js';
import { clean, shorten, strong } from '../../domain/clean.js';
import { dateInWords } from '../../domain/instants.js';
import { fieldsOf } from '../../domain/kinds/index.js';
import { CHOICE_WORDS, DECISION_WORDS, PROJECT_OUTCOME_WORDS } from '../../domain/outcomewords.js';
import { inline } from '../../domain/phrases.js';
import { labelled } from '../../domain/typography.js';
import type { AskView } from '../../domain/view.js';
import type { Locale, Words } from '../../domain/words.js';
import { type Block, paragraph } from '../blocks.js';

const maxText = 1500;

const fieldWords: Record<string, Words> = {
  problems: { fr: 'Les problèmes les plus aigus', en: 'The most acute problems' },
  existing: { fr: 'Ce qui existe déjà', en: 'What already exists' },
  missing: { fr: 'Ce qui manque', en: 'What is missing' },
  leads: { fr: 'Les pistes', en: 'The leads' },
  title: { fr: 'Titre', en: 'Title' },
  body: { fr: 'Texte', en: 'Text' },
  decision: { fr: 'Votre décision', en: 'Your decision' },
  remarks: { fr: 'Vos remarques', en: 'Your remarks' },
  spread: { fr: "Vous relayez l'appel", en: 'You spread the call' },
  eligible: { fr: 'Candidature recevable', en: 'Application eligible' },
  reason: { fr: 'Raison', en: 'Reason' },
  applications: { fr: 'Projets présélectionnés', en: 'Shortlisted projects' },
  seat: { fr: 'Vous siégez au jury', en: 'You sit on the jury' },
  confirm: { fr: 'Vous venez devant le jury', en: 'You come before the jury' },
  material: { fr: 'Votre dossier', en: 'Your material' },
  conflicts: { fr: "Liens d'intérêts déclarés", en: 'Interests declared' },
  nature: { fr: 'Nature de ces liens', en: 'Their nature' },
  scores: { fr: 'Notes données', en: 'Scores given' },
  retained: { fr: 'Projets retenus', en: 'Projects retained' },
  reasons: { fr: 'Raisons, une par candidature', en: 'Reasons, one for each application' },
  minutes: { fr: 'Pour le procès-verbal', en: 'For the minutes' },
  reserve: { fr: 'Projets en réserve', en: 'Projects in reserve' },
  people: { fr: 'Personnes à rencontrer', en: 'People to meet' },
  purpose: { fr: 'But', en: 'Purpose' },
  met: { fr: 'La rencontre', en: 'The meeting' },
  held: { fr: "La séance s'est tenue", en: 'The session was held' },
  attendance: { fr: 'Personnes présentes', en: 'People present' },
  newcomers: { fr: 'Dont personnes nouvelles', en: 'Newcomers among them' },
  indicators: { fr: 'Indicateurs', en: 'Indicators' },
  economic: { fr: 'Réplicabilité économique, sur 5', en: 'Economic replicability, out of 5' },
  social: { fr: 'Réplicabilité sociale, sur 5', en: 'Social replicability, out of 5' },
  outcome: { fr: 'Suite proposée', en: 'Proposed outcome' },
  terms: { fr: 'Termes', en: 'Terms' },
  choice: { fr: 'Votre choix', en: 'Your choice' },
  date: { fr: 'Nouvelle date', en: 'New date' },
};

const choices: Record<string, Words> = {
  ...CHOICE_WORDS,
  ...DECISION_WORDS,
  ...PROJECT_OUTCOME_WORDS,
  yes: { fr: 'oui', en: 'yes' },
  no: { fr: 'non', en: 'no' },
  met: { fr: 'a eu lieu', en: 'took place' },
  'not-possible': { fr: "n'est pas possible", en: 'is not possible' },
};

/** The answer of a view, field by field, in the order of its form; nothing where there is none. */
export function answered(view: AskView, locale: Locale): Block[] {
  const answer = view.closed?.answer;
  if (answer === undefined || view.ask.kind === 'apply') return []; // a receipt of an application names it; the page shows it
  return fieldsOf({ ...view.form, kind: kindOf(view) }).flatMap((field) => fieldBlocks(field, answer, view, locale));
}

const kindOf = (view: AskView): AskKind => view.ask.kind;

function fieldBlocks(field: Field, answer: Answer, view: AskView, locale: Locale): Block[] {
  const value = answer[field.name];
  const label = field.own?.label ?? fieldWords[field.name]?.[locale];
  if (value === undefined || label === undefined) return [];
  const line = (text: string): Block[] => [paragraph(labelled(strong(label), text, locale))];
  switch (field.type) {
    case 'long':
      return [paragraph(strong(label)), { is: 'quote', text: shorten(clean(String(value)), maxText) }];
    case 'text':
      return line(inline(String(value), 200));
    case 'heading':
      return [];
    case 'number':
      return line(`${new Intl.NumberFormat(locale).format(Number(value))}${field.unit === undefined ? '' : ` ${field.unit}`}`);
    case 'date':
      return line(dateInWords(String(value), view, locale));
    case 'choice': {
      const word = field.own?.options?.[String(value)]?.label ?? choices[String(value)]?.[locale];
      return word === undefined ? [] : line(word);
    }
    case 'options': {
      const chosen = Array.isArray(value) ? field.options.filter(({ id }) => value.includes(id)) : [];
      if (chosen.length === 0) return line(locale === 'fr' ? 'aucun' : 'none');
      return [paragraph(strong(label)), { is: 'list', items: chosen.map((option) => inline(option.label)) }];
    }
    case 'each': {
      const texts = textsOfEach(answer, field.name);
      const written = field.rows.flatMap((row) =>
        texts[row.id] === undefined ? [] : [labelled(inline(row.label), shorten(clean(texts[row.id] ?? ''), maxText), locale)],
      );
      return written.length === 0 ? [] : [paragraph(strong(label)), { is: 'list', items: written }];
    }
    case 'scores':
      return line(locale === 'fr' ? `${field.rows.length} candidatures notées` : `${field.rows.length} applications scored`);
  }
}
