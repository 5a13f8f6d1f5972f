/** Mails in one file, as mail programs and Python's `mailbox` read them: mboxrd. */

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A mail to be put into an mbox. */
export interface Boxed {
  /** When it left, epoch ms. */
  at: number;
  /** Its bytes, decoded as UTF-8. */
  bytes: string;
}

/** All mails as one mboxrd file, in the order given; those whose bytes are gone are left out. */
export function mbox(mails: readonly Boxed[]): string {
  return mails
    .filter(({ bytes }) => bytes !== '')
    .map(({ at, bytes }) => {
      const text = bytes.replaceAll('\r\n', '\n').replaceAll(/^(>*From )/gm, '>$1');
      return `From MAILER-DAEMON ${asctime(at)}\n${text}${text.endsWith('\n') ? '' : '\n'}\n`;
    })
    .join('');
}

/** An instant in UTC as C writes it: "Mon Jan 16 08:00:00 2023". */
function asctime(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${clock} ${date.getUTCFullYear()}`;
}
