import type { BounceKind } from '../../domain/bounces.js';
import type { Locale, Words } from '../../domain/words.js';

/** What was done with one message. `mail`, `person`: the number of the mail and the id of whom it was for. */
export type BounceDone = { file?: string } & (
  | { result: 'recorded' | 'known'; kind: BounceKind; status: string; mail: number; edition: string; person: string; unreachable: boolean }
  | { result: 'ignored'; why: 'delivered' | 'auto-reply' | 'read-receipt' }
  /** `feedback`: somebody complains of a mail of ours. `empty`: there is nothing in it. `forged`: its token is not ours. `unnamed`: it names no mail. `no-such-mail`: the mail it names is gone. */
  | { result: 'not-understood' | 'feedback' | 'empty' | 'forged' | 'unnamed' | 'no-such-mail' }
  /** Of a mailbox only: it could not be read, recorded or put away, and is still where it was. */
  | { result: 'failed'; message: string }
);

const kinds: Record<BounceKind, Words> = {
  hard: { fr: "l'adresse ne fonctionne pas", en: 'the address does not work' },
  soft: { fr: "pas remis, sans que l'adresse soit en cause", en: 'not delivered, not because of the address' },
  delayed: { fr: 'retardé', en: 'delayed' },
};
const whys: Record<Extract<BounceDone, { result: 'ignored' }>['why'], Words> = {
  delivered: { fr: 'remis', en: 'delivered' },
  'auto-reply': { fr: 'réponse automatique', en: 'automatic answer' },
  'read-receipt': { fr: 'accusé de lecture', en: 'read receipt' },
};
const others: Record<'not-understood' | 'feedback' | 'empty' | 'forged' | 'unnamed' | 'no-such-mail', Words> = {
  'not-understood': {
    fr: "Ce n'est pas un avis de non-remise que nous sachions lire : à lire par quelqu'un. Rien n'est enregistré.",
    en: 'This is no report of failure that we can read: somebody should read it. Nothing is recorded.',
  },
  feedback: {
    fr: "Plainte d'un lecteur ou d'un fournisseur contre un de nos messages : à lire par quelqu'un. Rien n'est enregistré.",
    en: 'A reader or a provider complains of a mail of ours: somebody should read it. Nothing is recorded.',
  },
  empty: { fr: "Vide : rien n'est enregistré.", en: 'Empty: nothing is recorded.' },
  forged: {
    fr: "Son jeton n'est pas de cette installation. Rien n'est enregistré.",
    en: 'Its token is not of this installation. Nothing is recorded.',
  },
  unnamed: {
    fr: "Dit qu'un message n'est pas arrivé, mais ne désigne aucun des nôtres : à lire par quelqu'un. Rien n'est enregistré.",
    en: 'Says that a mail did not arrive, but names none of ours: somebody should read it. Nothing is recorded.',
  },
  'no-such-mail': {
    fr: "Le message dont il s'agit n'existe plus. Rien n'est enregistré.",
    en: 'The mail it is about is no longer there. Nothing is recorded.',
  },
};

/** One line on what was done with a message. */
export function bounceLine(done: BounceDone, locale: Locale): string {
  return `${done.file === undefined ? '' : `${done.file}${locale === 'fr' ? ' : ' : ': '}`}${lineOf(done, locale)}`;
}

function lineOf(done: BounceDone, locale: Locale): string {
  const fr = locale === 'fr';
  switch (done.result) {
    case 'ignored':
      return fr ? `Rien à enregistrer (${whys[done.why].fr}).` : `Nothing to record (${whys[done.why].en}).`;
    case 'recorded':
    case 'known': {
      const what = `${done.person} (${done.edition}), ${fr ? 'message' : 'mail'} ${done.mail}${fr ? ' : ' : ': '}${kinds[done.kind][locale]}${done.status === '' ? '' : ` (${done.status})`}.`;
      if (done.result === 'known') return `${what} ${fr ? 'Déjà enregistré.' : 'Recorded before.'}`;
      if (!done.unreachable) return what;
      return `${what} ${fr ? 'Cette personne ne peut plus être jointe : la coordination est prévenue.' : 'This person can no longer be reached: the coordinators are told.'}`;
    }
    case 'failed':
      return fr
        ? `N'a pas pu être traité (${done.message}) : reste à sa place, et sera relu au prochain passage. S'il échoue encore, l'ôter de là et le lire.`
        : `Could not be dealt with (${done.message}): it stays where it is and is read again next time. If it fails again, take it out and read it.`;
    default:
      return others[done.result][locale];
  }
}
