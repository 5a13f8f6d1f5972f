/** The words of an edition's mails, in French. */
import { french } from '../../../domain/typography.js';

/** Lists of mails, and one mail. */
export const mailWords = french({
  title: 'Mails',
  views: {
    label: 'Quels mails',
    left: 'Partis',
    coming: 'À venir',
    waiting: 'En attente de quelqu’un',
    lead: {
      left: 'Le plus récent d’abord.',
      coming:
        'Ce qui partira de soi-même si personne ne répond, jusqu’à la fin de chaque demande ouverte ; chacun se lit tel qu’il serait écrit aujourd’hui.',
      waiting: 'Ce qui ne partira pas sans vous : retenu à la main, abandonné, incertain, ou revenu.',
    },
    none: {
      left: 'Aucun mail parti n’est à montrer ici.',
      coming: 'Aucun mail à venir n’est à montrer ici.',
      waiting: 'Aucun mail n’attend quelqu’un ici.',
    },
  },
  filter: { who: 'Destinataire', state: 'État', ask: 'Demande', any: 'tous', all: 'toutes', returned: 'revenu', button: 'Filtrer' },
  cut: (n: number) =>
    `D’une demande posée à plus de ${n} personnes, seules les ${n} premières sont montrées ici : cherchez les autres par leur nom.`,
  act: 'Actes',
  now: 'Envoyer maintenant…',
  coming: 'à venir',
  heldBy: (who: string, when: string) => `par ${who}, le ${when}`,
  about: (what: string, who: string) => `${what}, au sujet de ${who}`,
  notYet: 'Mail à venir',
  asToday: 'Il n’est pas encore écrit : le voici tel qu’il le serait aujourd’hui.',
  nothingToSay: 'Rien ne peut encore en être montré : la personne n’a pas de place dans la demande, ou il n’y a plus rien à y dire.',
  when: 'Quand',
  to: 'À',
  subject: 'Objet',
  state: 'État',
  asWritten: 'Le message',
  plain: 'Le même en texte',
  blanked: 'Les liens personnels sont effacés ici.',
});

/** The shape every language fills. */
export type MailWords = typeof mailWords;
