import type { ParsedMail } from 'mailparser';
import { oneLine } from '../clean.js';
import { judge, statusIn } from './judge.js';
import { bounce, type Reading } from './kinds.js';

/** Headers as they came, unfolded, in their order, by name in small letters. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** A message without a report: an automatic answer, or a bounce as servers wrote them before there were reports. What is neither is not understood. */
export function readOldStyle(mail: ParsedMail, headers: Headers, words: string): Reading {
  const first = (name: string) => headers.get(name)?.[0] ?? '';
  if (/report-type="?disposition-notification/i.test(first('content-type'))) return { is: 'ignored', why: 'read-receipt' };
  const fromServer =
    /mailer-daemon|postmaster|mail delivery (?:sub)?system/i.test(first('from')) ||
    headers.has('x-failed-recipients') ||
    // a person's absence has a null return path too (RFC 3834)
    (/^<>/.test(first('return-path')) && !isReply(first));
  const subject = oneLine(mail.subject ?? '').slice(0, 500);
  if (fromServer && lateWords.test(subject)) return bounce('delayed', { status: statusIn(words), diagnostic: reasonIn(words) });
  if (fromServer && (failedWords.test(subject) || failedWords.test(words.slice(0, 2_000)) || headers.has('x-failed-recipients'))) {
    const diagnostic = reasonIn(words);
    const { gravity, status } = judge({ status: '', diagnostic });
    if (status !== '' || gravity === 'hard' || /\b[45]\d\d[ -]/.test(diagnostic)) return bounce(gravity, { status, diagnostic });
    return { is: 'not-understood' };
  }
  return isAutomatic(first) ? { is: 'ignored', why: 'auto-reply' } : { is: 'not-understood' };
}

const failedWords =
  /undeliver|delivery (?:has )?fail|(?:mail|message) delivery|failure notice|returned (?:mail|to sender)|could not be delivered|wasn't able to deliver|non[ -](?:remis|distribu)|[ée]chec de (?:la )?(?:remise|distribution)|n'a pas pu [êe]tre (?:remis|livr|distribu)/i;
const lateWords = /delay|still being retried|not yet been delivered|could not send message for|retard[ée]|diff[ée]r[ée]e/i;

/** What says that it answers a mail by itself: vacation notices, and servers' reports (RFC 3834, and what came before it). */
const isReply = (first: (name: string) => string): boolean =>
  /^auto-replied/i.test(first('auto-submitted')) ||
  /^auto_reply/i.test(first('precedence')) ||
  ['x-autoreply', 'x-autorespond'].some((name) => first(name) !== '');

/** The same, and what only says that a machine wrote it. */
const isAutomatic = (first: (name: string) => string): boolean =>
  isReply(first) ||
  /^auto-/i.test(first('auto-submitted')) ||
  /^(?:bulk|junk)/i.test(first('precedence')) ||
  first('x-auto-response-suppress') !== '';

/** The line at which the copy of the mail begins, below a bounce's own words. */
const copyBegins =
  /below this line is a copy of the message|this is a copy of the message|copy of the (?:original )?message|original message(?: headers)? follows|unsent message below|en-t[êe]tes? (?:du|de) message|-{3} ?original message ?-{3}/i;
/** Of a longer line only the beginning is looked at: no server writes such a one. */
const maxLine = 1_000;

/** A bounce's own words, and the copy of the mail below them: what we wrote ourselves must not be read as a reason. */
export function split(text: string): { words: string; copy: string } {
  const lines = text.slice(0, 200_000).split(/\r\n?|\n/);
  const own = lines.map((line) => line.slice(0, maxLine));
  const begins = own.findIndex((line) => copyBegins.test(line));
  if (begins < 0) return { words: own.join('\n'), copy: '' };
  const copy = lines.slice(begins + 1).join('\n');
  return { words: own.slice(0, begins).join('\n'), copy: copy.trimStart() };
}

/** The lines from the first that carries a reply code, or says that an address is unknown. */
function reasonIn(words: string): string {
  const lines = words.slice(0, 20_000).split('\n');
  const at = lines.findIndex(
    (line) => statusIn(line) !== '' || /(?<![\d.])[45]\d\d[ -]/.test(line) || judge({ status: '', diagnostic: line }).gravity === 'hard',
  );
  return at < 0 ? '' : lines.slice(at, at + 4).join(' ');
}
