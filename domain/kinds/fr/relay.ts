import { awaited, deadline } from '../../phrases.js';
import type { KindWords } from '../words.js';

/** Will you spread the call? Ends with the call itself. */
export const relay: KindWords<'relay'> = {
  page: {
    title: () => "Relaierez-vous l'appel à candidatures ?",
    lead: () =>
      "L'appel cherche des solutions déjà éprouvées ailleurs. Le lien de relais donné ici est le vôtre : il permet de savoir par qui un projet est venu, rien d'autre.",
    why: () => 'votre réseau touche des porteurs de projets que nous ne connaissons pas',
    next: () => "l'appel se ferme de lui-même à la fin de son dernier jour",
    button: 'Envoyer ma réponse',
    done: 'Votre réponse est enregistrée',
    noun: "relais de l'appel",
  },
  fields: () => ({
    spread: {
      label: 'Votre réponse',
      options: {
        yes: { label: "Oui, je relaie l'appel", hint: 'Merci. Utilisez le lien donné plus haut : il est le vôtre.' },
        no: { label: 'Non, pas cette fois', hint: 'Vous ne recevrez pas de rappel pour cet appel.' },
      },
    },
    remarks: { label: 'Un mot pour la coordination' },
  }),
  lacking: "aucun relais n'a répondu.",
  mail: {
    awaited: () => awaited('Votre réponse', 'e'),
    topic: () => "relaierez-vous l'appel à candidatures ?",
    request: (view) =>
      `L'appel à candidatures est ouvert jusqu'au ${deadline(view, 'fr')}. Le ferez-vous connaître dans votre réseau ? Vous trouverez sur la page le texte de l'appel et un lien qui vous est propre.`,
    why: () => 'Vous faites partie des relais de cette édition.',
    silence: () => "l'appel est clos",
    after: () => "Votre réponse dit à l'équipe où l'appel circule ; rien d'autre ne vous est demandé.",
    act: "Voir l'appel et répondre",
    late: () => "n'a pas encore dit si l'appel sera relayé",
    thing: () => awaited("relais de l'appel à candidatures"),
  },
};
