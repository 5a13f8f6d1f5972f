import type { ParsedMail } from 'mailparser';
import { oneLine } from '../../domain/clean.js';
import { judge, statusIn } from './judge.js';
import { bounce, type Reading } from './kinds.js';
import { type Headers, isAutomatic, isPostmaster, isServers, isUnnamed } from './notices.js';

/** A message without a report: an automatic answer, or a bounce as servers wrote them before there were reports. What is neither is not understood. */
export function readOldStyle(mail: ParsedMail, headers: Headers, words: string): Reading {
  const subject = oneLine(mail.subject ?? '').slice(0, 500);
  const ofServer = isServers(headers) || isPostmaster(headers);
  if (ofServer || isUnnamed(headers)) {
    if (lateWords.test(subject)) return bounce('delayed', { status: statusIn(words), diagnostic: reasonIn(words) });
    if (isServers(headers) || failedWords.test(subject) || failedWords.test(words.slice(0, 2_000))) return failureIn(words);
  }
  return !ofServer && isAutomatic(headers) ? { is: 'ignored', why: 'auto-reply' } : { is: 'not-understood' };
}

/** What a failure says in words: a code, or that an address is unknown; otherwise it is for somebody to read. */
function failureIn(words: string): Reading {
  const diagnostic = reasonIn(words);
  const { gravity, status } = judge({ status: '', diagnostic });
  const told = status !== '' || gravity === 'hard' || /\b[45]\d\d[ -]/.test(diagnostic);
  return told ? bounce(gravity, { status, diagnostic }) : { is: 'not-understood' };
}

const failedWords =
  /undeliver|delivery (?:has )?fail|delivery status notification|(?:mail|message) (?:delivery|fail)|failure notice|did not reach the following|returned (?:mail|to sender)|could not be delivered|wasn't able to deliver|non[ -](?:remis|distribu)|[ée]chec de (?:la )?(?:remise|distribution)|n['’]a pas pu [êe]tre (?:remis|livr|distribu)/i;
const lateWords = /delay|still being retried|not yet been delivered|could not send message for|retard[ée]|diff[ée]r[ée]e/i;

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

/**
 * Why it came back: of each recipient's lines, those from the first that carries a reply code, or says that an address is unknown. Of several
 * recipients the gravest counts, as in a report.
 */
export function reasonIn(words: string): string {
  const reasons = byAddress(words.slice(0, 20_000).split('\n')).flatMap((lines) => {
    const at = lines.findIndex((line) => statusIn(line) !== '' || /(?<![\d.])[45]\d\d[ -]/.test(line) || isHard(line));
    return at < 0 ? [] : [lines.slice(at, at + 4).join(' ')];
  });
  return reasons.find(isHard) ?? reasons[0] ?? '';
}
const isHard = (diagnostic: string): boolean => judge({ status: '', diagnostic }).gravity === 'hard';

/** Lines in groups, each from one that names an address to the next that names another. What a server says of what it was told is one group with it. */
function byAddress(lines: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  let named = '';
  for (const [n, line] of lines.entries()) {
    const address = /[^\s<>()[\]:;,"']{1,64}@[^\s<>()[\]:;,"']{1,255}/.exec(line)?.[0]?.toLowerCase() ?? named;
    if (address !== named && !/^\s*<<<|\b[45]\d\d-/.test(lines[n - 1] ?? '')) groups.push([]);
    named = address;
    groups.at(-1)?.push(line);
  }
  return groups;
}
