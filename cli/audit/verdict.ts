import type { Audited } from '../../client/verbs/audit.js';
import { oneLine } from '../../domain/clean.js';
import type { Locale, Words } from '../../domain/words.js';
import type { ChainFault } from '../../store/chain.js';
import type { Untold } from '../../store/untold.js';

/** Whether a journal verifies, and if not, every fault. `against`: a head noted elsewhere was held against it; without one, a cut-off end may not show. */
export function verdict(
  { entries }: Audited,
  { faults, against }: { faults: readonly Words[]; against: boolean },
  locale: Locale,
): string[] {
  const n = `${entries} ${locale === 'fr' ? (entries > 1 ? 'entrées' : 'entrée') : entries === 1 ? 'entry' : 'entries'}`;
  if (faults.length === 0 && against)
    return [
      locale === 'fr'
        ? `Journal vérifié : ${n}. Jusqu'à la tête notée, aucune n'a été modifiée, retirée ni glissée entre deux autres ; celles d'après suivent sans manque ; ce qui est vrai y est dit.`
        : `Journal verified: ${n}. Up to the head that was noted none was changed, removed or slipped in; those after it follow without a gap; what is true is told in it.`,
    ];
  if (faults.length === 0)
    return locale === 'fr'
      ? [
          `Journal vérifié : ${n}, aucune modifiée ni ajoutée, aucune qui manque entre deux autres ; ce qui est vrai y est dit.`,
          'Une fin coupée peut ne pas se voir sans une tête notée ailleurs (--head).',
        ]
      : [
          `Journal verified: ${n}, none changed or added, none missing between two others; what is true is told in it.`,
          'An end that was cut off may not show without a head that was noted elsewhere (--head).',
        ];
  const title = locale === 'fr' ? `Le journal (${n}) ne se vérifie pas :` : `The journal (${n}) does not verify:`;
  return [title, ...faults.map((words) => `  ${oneLine(words[locale])}`)];
}

/** The head of a chain, for whoever keeps it elsewhere. */
export const headText = ({ head }: Audited, locale: Locale): string =>
  head === null
    ? locale === 'fr'
      ? 'Rien encore.'
      : 'Nothing yet.'
    : locale === 'fr'
      ? `Tête de la chaîne, à noter ailleurs : n° ${head.n}, ${head.hash}`
      : `Head of the chain, to be noted elsewhere: no ${head.n}, ${head.hash}`;

/** Which entry does not fit, and what that means. */
export function faultWords(fault: ChainFault): Words {
  switch (fault.what) {
    case 'changed':
      return {
        fr: `n° ${fault.n} : l'entrée, ou l'empreinte qui la précède, a été modifiée après coup.`,
        en: `no ${fault.n}: the entry, or the hash before it, was changed afterwards.`,
      };
    case 'removed':
      return {
        fr: `n° ${fault.n} : l'entrée a été retirée du journal ; son empreinte reste.`,
        en: `no ${fault.n}: the entry was removed from the journal; its hash is still there.`,
      };
    case 'gap':
      return {
        fr: `n° ${fault.n} : l'entrée et son empreinte ont été retirées.`,
        en: `no ${fault.n}: the entry and its hash were removed.`,
      };
    case 'unchained':
      return {
        fr: `ligne ${fault.entry} de la table « audit » : ajoutée hors de la chaîne, ses gardes écartées.`,
        en: `row ${fault.entry} of the table "audit": added outside the chain, its guards set aside.`,
      };
    case 'reason':
      return {
        fr: `n° ${fault.n} : la raison gardée n'est pas celle qui a été donnée.`,
        en: `no ${fault.n}: the reason that is kept is not the one that was given.`,
      };
    case 'head':
      return {
        fr: `La tête ${fault.hash} n'est pas dans la chaîne : la fin du journal a été retirée, ou le journal refait.`,
        en: `The head ${fault.hash} is not in the chain: the end of the journal was removed, or the journal was made anew.`,
      };
  }
}

/** What is true without its one entry, or told without being true. */
export function untoldWords({ verb, subject, actor, found }: Untold): Words {
  const what = `« ${verb} » ${subject}${actor === null ? '' : ` (${actor})`}`;
  return found === 0
    ? { fr: `${what} : vrai dans la base, mais absent du journal.`, en: `${what}: true in the database, but not in the journal.` }
    : {
        fr: `${what} : le journal ne dit pas ce qui est vrai, ou le dit ${found} fois.`,
        en: `${what}: the journal does not tell what is true, or tells it ${found} times.`,
      };
}
