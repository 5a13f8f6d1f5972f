import { requestId } from '../store/asks.js';
import type { MailText } from './mailtext.js';
import { type Asked, requestsOf, says, wordsOf } from './requests.js';

/** What is asked of, or escalated to, somebody in one mail. */
interface Carrying {
  person: string;
  asks: readonly { ask: string; rung: string; about?: string }[];
  text: MailText;
}

const partNames = ['plain', 'html'] as const;

/**
 * What each ask of a mail, in their order, lacks in it: `link` – the reader's own, or where an escalation leads –, or before it the words
 * of its `request`; in the `plain` text or in the `html`. Undefined where nothing is lacking.
 */
export function lackingIn(
  { person, asks, text }: Carrying,
  { known, publicUrl }: { known: ReadonlyMap<string, Asked>; publicUrl: string },
): (string | undefined)[] {
  const base = publicUrl.replace(/\/$/, '');
  const wanted = asks.map(({ ask, rung, about }) => {
    const asked = known.get(ask);
    // announced two working days before, unless it was held up until its day
    const announcing = asked?.kind === 'session' && rung === 'before-2' ? requestsOf(asked, { announced: true }) : [];
    return {
      link: about === undefined ? `${base}/a/${requestId(ask, person)}/` : `${base}/editions/${ask.split('.')[0]}`,
      requests: asked === undefined ? undefined : [...requestsOf(asked, { announced: false }), ...announcing],
    };
  });
  const links = [...new Set(wanted.map(({ link }) => link))];
  const lacks = partNames.map((part) => {
    const sections = sectionsOf(text[part], links);
    return wanted.map(({ link, requests }) => {
      const own = sections.filter((section) => section.link === link);
      if (own.length === 0) return `link:${part}`;
      if (requests === undefined) return undefined;
      const said = own.find(({ taken, words }) => !taken && requests.some((request) => says(words, request)));
      if (said === undefined) return `request:${part}`;
      said.taken = true;
      return undefined;
    });
  });
  return wanted.map((_, index) => {
    const all = lacks.flatMap((part) => part[index] ?? []);
    return all.length === 0 ? undefined : all.join(',');
  });
}

/** A text cut at each of its links: what is said before a link is what the link is for. */
function sectionsOf(text: string, links: readonly string[]): { link: string; words: string; taken: boolean }[] {
  const sections: { link: string; words: string; taken: boolean }[] = [];
  for (let from = 0; ; ) {
    const next = links
      .map((link) => ({ link, at: text.indexOf(link, from) }))
      .filter(({ at }) => at !== -1)
      .sort((a, b) => a.at - b.at)[0];
    if (next === undefined) return sections;
    sections.push({ link: next.link, words: wordsOf(text.slice(from, next.at)), taken: false });
    from = next.at + next.link.length;
  }
}
