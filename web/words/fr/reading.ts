/** Documents, interviews and applications in the console, in French. */
import { french } from '../../../domain/typography.js';

/** The words of what coordinators read. */
export const reading = french({
  documents: {
    title: 'Documents',
    none: "Aucun document n'est encore déposé.",
    head: { title: 'Document', project: 'Projet', author: 'Déposé par', version: 'Version', on: 'Le' },
    last: (version: number, versions: number) => (versions > 1 ? `${version} (${versions} versions)` : String(version)),
    by: (who: string, when: string) => `Déposé par ${who}, le ${when}.`,
    versions: 'Versions',
    version: (n: number) => `Version ${n}`,
    former: (n: number) => `Version ${n}, avant un retour en arrière`,
    compare: 'Comparer deux versions',
    older: "L'une",
    newer: "L'autre",
    see: 'Comparer',
    compared: (before: string, after: string) => `De « ${before} » à « ${after} », mot à mot`,
    added: 'ajouté : ',
    removed: 'retiré : ',
    same: 'Les deux textes sont identiques.',
    hash: 'Empreinte du texte figé (SHA-256) :',
  },
  csv: 'Tout emporter dans un tableur (CSV)',
  interviews: {
    title: 'Entretiens, côte à côte',
    link: 'Lire les entretiens côte à côte',
    lead: (n: number) =>
      n === 0 ? "Personne n'a encore répondu." : n === 1 ? 'Une réponse, question par question.' : `${n} réponses, question par question.`,
    silent: 'sans réponse à cette question',
  },
  applications: {
    title: 'Candidatures',
    counts: (submitted: number, drafts: number) =>
      `${submitted === 0 ? 'Aucune candidature déposée' : submitted === 1 ? 'Une candidature déposée' : `${submitted} candidatures déposées`}, ${drafts === 0 ? 'aucun brouillon' : drafts === 1 ? 'un brouillon' : `${drafts} brouillons`}. Un brouillon n'est lu que par qui l'écrit.`,
    none: 'Aucune candidature ne correspond.',
    head: { title: 'Candidature', who: 'Portée par', need: 'Besoin', at: 'Déposée le', relay: 'Venue par', state: 'Où elle en est' },
    need: 'Besoin',
    state: 'État',
    all: 'tous',
    filter: 'Filtrer',
    states: {
      waiting: 'à instruire',
      eligible: 'recevable',
      ineligible: 'non recevable',
      shortlisted: 'présélectionnée',
      out: 'retirée de la sélection',
      retained: 'retenue',
      reserve: 'en réserve',
      'not-retained': 'non retenue',
    },
    reason: 'Raison écrite',
    direct: 'directement',
    rules: 'Selon les règles',
    recused: 'Vous avez déclaré un lien avec cette candidature : vous ne la lisez pas.',
    back: 'Toutes les candidatures',
  },
});
export type ReadingWords = typeof reading;
