import type { LivedAsk, LivedMail } from '../record.js';

/** What a mail is to its reader. */
export const mailKinds = [
  'request',
  'announcement',
  'reminder',
  'standin',
  'escalation',
  'receipt',
  'link',
  'letter',
  'information',
  'digest',
] as const;
export type MailKind = (typeof mailKinds)[number];

/** What a mail is, in the order of `mailKinds`: one that reminds of a thing may ask for another. */
export function kindsOf(mail: Pick<LivedMail, 'template' | 'person' | 'asks'>, asks: ReadonlyMap<string, LivedAsk>): MailKind[] {
  switch (mail.template) {
    case 'asks': {
      const found = new Set(mail.asks.map((item) => kindOf(item, mail.person, asks)));
      return mailKinds.filter((kind) => found.has(kind));
    }
    case 'receipt':
    case 'link':
    case 'letter':
    case 'digest':
      return [mail.template];
    default:
      return ['information'];
  }
}

function kindOf({ ask: id, rung, about }: LivedMail['asks'][number], person: string, asks: ReadonlyMap<string, LivedAsk>): MailKind {
  if (about !== undefined) return 'escalation';
  const ask = asks.get(id);
  if (rung === 'opening') return 'request';
  if (rung === 'before-2' && ask?.kind === 'session') return 'announcement';
  if (rung === 'late-2' && ask?.people.find((place) => place.person === person)?.joined === 'substitute') return 'standin';
  return 'reminder';
}
