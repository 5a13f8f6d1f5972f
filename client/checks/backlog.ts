/** The mail that has not left, in words: of the installation, or of one edition. */
import { type Locale, MAIL_STATE_WORDS, type Words } from '../../domain/words.js';
import type { Backlog } from '../../store/figures.js';
import { ago } from './finding.js';

/** How many mails of each state, and how long ago the oldest of them was due; `realNow`: epoch ms. */
export function backlogInWords(standing: readonly Backlog[], realNow: number): Words {
  if (standing.length === 0) return { fr: 'tous sont partis', en: 'all have left' };
  const told = (locale: Locale) =>
    standing
      .map(({ state, count, since }) => {
        const age = realNow - since;
        const due =
          age > 0
            ? { fr: `le plus ancien dû ${ago(age).fr}`, en: `the oldest due ${ago(age).en}` }
            : { fr: 'aucun encore dû', en: 'none due yet' };
        return `${MAIL_STATE_WORDS[locale][state] ?? state} ${count} (${due[locale]})`;
      })
      .join(' · ');
  return { fr: told('fr'), en: told('en') };
}
