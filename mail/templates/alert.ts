import { strong } from '../../domain/clean.js';
import { instantInWords } from '../../domain/instants.js';
import type { Rendered } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import { alertWords } from '../../domain/watch/words.js';
import type { AlertKind } from '../../domain/watch.js';
import type { Locale } from '../../domain/words.js';
import { aside, type Block, paragraph } from '../blocks.js';
import { lay } from '../layout.js';
import { whyLabel } from '../words/common.js';

/** One standstill, as the admins read of it. `since`, `overAt`: real instants; `title`: the edition's, when it is one's. */
export interface ToldAlert {
  kind: AlertKind;
  scope: string;
  count: number;
  since: number;
  overAt?: number;
  title?: string;
  timezone: string;
}

const words = {
  fr: {
    kicker: 'Trois Mains · veille',
    still: "Quelque chose n'avance plus",
    moves: 'Tout ce qui avait été signalé ici avance de nouveau',
    overSubject: (what: string) => `c'est rétabli (${what})`,
    others: (n: number) => (n > 1 ? `, et ${n} autres pannes` : ', et une autre panne'),
    since: (when: string) => `Depuis ${when}.`,
    todo: 'Que faire.',
    over: (what: string, from: string, to: string) => `« ${what} » : c'est rétabli. Cela a duré du ${from} au ${to}.`,
    where: "Ces commandes se lancent là où tourne l'installation, avec son environnement.",
    open: 'Ouvrir la console',
    because:
      "Votre adresse est celle de l'administration de cette installation (ALERT_TO). Un message par panne, un autre quand elle est finie.",
  },
  en: {
    kicker: 'Trois Mains · watch',
    still: 'Something no longer moves',
    moves: 'What was reported here moves again',
    overSubject: (what: string) => `over (${what})`,
    others: (n: number) => (n > 1 ? `, and ${n} more breakdowns` : ', and one more breakdown'),
    since: (when: string) => `Since ${when}.`,
    todo: 'What to do.',
    over: (what: string, from: string, to: string) => `“${what}” is over. It lasted from ${from} to ${to}.`,
    where: 'These commands run where the installation runs, with its environment.',
    open: 'Open the console',
    because: "Your address is that of this installation's administration (ALERT_TO). One message a breakdown, another when it is over.",
  },
} as const;

/** What stands still and what no longer does, in one message to the admins: since when, what people miss, what to do. */
export function alert({
  open,
  over,
  at,
  locale,
  url,
}: {
  open: ToldAlert[];
  over: ToldAlert[];
  at: number;
  locale: Locale;
  url: string;
}): Rendered {
  const w = words[locale];
  const what = (one: ToldAlert) => alertWords(one, locale).what;
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
  const named = (one: ToldAlert) =>
    one.title === undefined ? what(one) : `${inline(one.title)}${locale === 'fr' ? ' :' : ':'} ${lower(what(one))}`;
  const when = (instant: number, { timezone }: ToldAlert) => instantInWords(instant, { at, edition: { timezone } }, locale);
  const first = open[0] ?? over[0];
  const others = open.length + over.length - 1;
  const about = first === undefined ? '' : open.length > 0 ? named(first) : w.overSubject(named(first));
  return lay({
    locale,
    subject: `Trois Mains – ${about}${others > 0 ? w.others(others) : ''}`,
    kicker: w.kicker,
    heading: open.length > 0 ? w.still : w.moves,
    blocks: [
      ...open.flatMap((one): Block[] => {
        const { means, todo, commands } = alertWords(one, locale);
        return [
          { is: 'heading', text: named(one) },
          paragraph(`${strong(w.since(when(one.since, one)))} ${means}`),
          paragraph(`${strong(w.todo)} ${todo}`),
          { is: 'quote', text: commands.join('\n') },
        ];
      }),
      ...over.map((one) => paragraph(w.over(named(one), when(one.since, one), when(one.overAt ?? one.since, one)))),
      { is: 'button', label: w.open, href: url },
      ...(open.length > 0 ? [aside(w.where)] : []),
    ],
    footer: [`${strong(whyLabel[locale])} ${w.because}`],
    signature: 'Trois Mains',
  });
}
