/** What came before: who approved already, who sent the former version back and with which remarks; what there is to read. */

import { clean, shorten } from '../../domain/clean.js';
import { dateInWords } from '../../domain/instants.js';
import { capital, inline, quoted } from '../../domain/phrases.js';
import type { AskView } from '../../domain/view.js';
import type { Locale } from '../../domain/words.js';
import { aside, type Block, paragraph, sentences } from '../blocks.js';

const maxRemarks = 1200;
const maxListed = 12;

function did(what: string, locale: Locale): string {
  switch (what) {
    case 'approved':
      return locale === 'fr' ? 'a validé' : 'approved';
    case 'changes-requested':
      return locale === 'fr' ? 'a demandé des modifications' : 'requested changes';
    case 'refused':
      return locale === 'fr' ? 'a refusé' : 'refused';
    case 'adopted':
      return locale === 'fr' ? 'a inscrit une adoption' : 'recorded an adoption';
    case 'adjourned':
      return locale === 'fr' ? 'a inscrit un ajournement' : 'recorded an adjournment';
    case 'rejected':
      return locale === 'fr' ? 'a inscrit un rejet' : 'recorded a rejection';
    default:
      return locale === 'fr' ? 'a répondu' : 'answered';
  }
}

/** What happened before: the plain facts as sentences, and what came with remarks as paragraphs that quote them. */
export function before(view: AskView, locale: Locale): { facts: string; remarks: Block[] } {
  const told = view.before.map(({ who, what, on, remarks = '' }) => ({
    sentence: `${capital(inline(who))} ${did(what, locale)} ${locale === 'fr' ? 'le' : 'on'} ${dateInWords(on, view, locale)}`,
    remarks: shorten(clean(remarks).trim(), maxRemarks),
  }));
  const facts = sentences(...told.filter(({ remarks }) => remarks === '').map(({ sentence }) => `${sentence}.`));
  const withRemarks = told
    .filter(({ remarks }) => remarks !== '')
    .flatMap(({ sentence, remarks }): Block[] => [
      paragraph(`${sentence}${locale === 'fr' ? ', avec ces remarques :' : ', with these remarks:'}`),
      { is: 'quote', text: remarks },
    ]);
  return { facts, remarks: withRemarks };
}

/** The frozen documents and the applications to read, by title. */
export function toRead(view: AskView, locale: Locale): Block[] {
  const { documents, applications, ask } = view;
  const fr = locale === 'fr';
  const blocks: Block[] = [];
  const [newest] = documents;
  if (newest !== undefined && ask.kind === 'approve') {
    const { title, version, frozenOn } = newest;
    const day = dateInWords(frozenOn, view, locale);
    blocks.push(
      aside(
        fr
          ? `À lire : ${quoted(title, locale)}, version ${version}, telle que déposée le ${day}.`
          : `To read: ${quoted(title, locale)}, version ${version}, as deposited on ${day}.`,
      ),
    );
  }
  const titled = applications.filter((one) => one.title.trim() !== '');
  if (titled.length > 0 && ['score', 'interests', 'shortlist', 'deliberation'].includes(ask.kind)) {
    const rest = titled.length - maxListed;
    const items = titled.slice(0, maxListed).map((one) => inline(one.title));
    if (rest > 0) items.push(fr ? `et ${rest} de plus sur la page` : `and ${rest} more on the page`);
    blocks.push(aside(fr ? 'Les candidatures :' : 'The applications:'), { is: 'list', items });
  }
  return blocks;
}
