import { strong } from '../../domain/clean.js';
import type { Rendered } from '../../domain/mails.js';
import type { Locale } from '../../domain/words.js';
import { aside, paragraph } from '../blocks.js';
import { lay } from '../layout.js';
import { hello, whyLabel } from '../words/common.js';

const words = {
  fr: {
    kicker: 'Trois Mains · console',
    heading: 'Votre lien pour ouvrir la console',
    lead: 'Ouvrez cette page dans le navigateur où vous venez de demander à entrer. Le lien sert une fois, pendant quinze minutes.',
    open: 'Ouvrir la console',
    elsewhere:
      'Sur un autre appareil, la page montre un code de six chiffres, à taper dans le navigateur où vous avez demandé à entrer. Ne donnez ce code à personne : nous ne le demandons jamais par téléphone ni par mail.',
    because:
      "Cette adresse vient d'être donnée sur la page d'entrée de la console. Si ce n'est pas vous, ne faites rien : personne n'entre sans ce lien.",
  },
  en: {
    kicker: 'Trois Mains · console',
    heading: 'Your link to open the console',
    lead: 'Open this page in the browser in which you have just asked to enter. The link works once, for fifteen minutes.',
    open: 'Open the console',
    elsewhere:
      'On another device, the page shows a code of six digits, to be typed in the browser in which you asked to enter. Give this code to nobody: we never ask for it, by telephone or by mail.',
    because:
      'This address has just been given on the page that leads into the console. If it was not you, do nothing: nobody enters without this link.',
  },
} as const;

/** The link into the console, for whoever reads the address of an account. Nothing of an edition is in it. */
export function signIn({ link, locale }: { link: string; locale: Locale }): Rendered {
  const w = words[locale];
  return lay({
    locale,
    subject: w.heading,
    kicker: w.kicker,
    heading: w.heading,
    blocks: [paragraph(hello[locale]), paragraph(w.lead), { is: 'button', label: w.open, href: link }, aside(w.elsewhere)],
    footer: [`${strong(whyLabel[locale])} ${w.because}`],
    signature: 'Trois Mains',
  });
}
