/** `troismains mail bounce`: what came back, from a pipe, a file or a mailbox. */
import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { Installation } from '../client/installation.js';
import { isUnreachable } from '../client/unreachable.js';
import { mailOf, noteBounce } from '../client/verbs/bounces.js';
import { oneLine } from '../domain/clean.js';
import type { Locale } from '../domain/words.js';
import { maxBounceBytes, readReturned } from '../mail/bounces/read.js';
import { readToken } from '../mail/returnpath.js';
import { type Letter, letterFrom, lettersIn } from './bounce/mailbox.js';
import { type BounceDone, bounceLine } from './bounce/words.js';
import { DATA, withInstallation } from './connect.js';
import type { Declared } from './help.js';
import { exitWith, failureOf, InputError, print, printJson, terminalOf } from './io.js';

const alias = '  bounces: "|/opt/troismains/bounce || exit 75"';

/** The command `mail bounce`. */
export const command: Declared = {
  summary: {
    fr: "noter ce qui est revenu : un message d'un tube ou d'un fichier, ou une boîte",
    en: 'record what came back: a message from a pipe or a file, or a mailbox',
  },
  description: {
    fr: "Lit ce que les serveurs ont renvoyé à l'adresse de retour. Code de sortie 0 quoi que dise le message, pour qu'un alias ne renvoie jamais un retour ; 4 quand il ne peut pas être noté maintenant ; 1 quand un message d'une boîte a échoué : il y reste, et les autres sont traités.",
    en: 'Reads what servers sent back to the return path. Exit code 0 whatever the message says, so that an alias never bounces a bounce; 4 when it cannot be recorded now; 1 when a message of a mailbox failed: it stays there, and the others are done.',
  },
  args: { '[file]': { fr: "un message (- ou rien : l'entrée standard)", en: 'a message (- or nothing: stdin)', value: '-' } },
  options: {
    ...DATA,
    '--mailbox <folder>': {
      fr: "chaque nouveau message d'un Maildir, ou chaque .eml d'un dossier ; chacun est rangé une fois traité",
      en: 'every new message of a Maildir, or every .eml of a folder; each is put away once it is done',
    },
  },
  note: {
    fr: `Dans /etc/aliases :\n${alias}`,
    en: `In /etc/aliases:\n${alias}`,
  },
  example: 'troismains mail bounce returned.eml\ntroismains mail bounce --mailbox ~/Maildir',
  run: bounce,
};

async function bounce(file: string, { mailbox }: { mailbox?: string }, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  if (mailbox !== undefined && file !== '-')
    throw new InputError({ fr: 'Donner un fichier ou --mailbox, pas les deux.', en: 'Give a file or --mailbox, not both.' });
  // a pipe is read to its end whatever happens: whoever writes it must not fail
  const letters: readonly Letter[] =
    mailbox === undefined ? [await letterFrom(file, maxBounceBytes)] : await lettersIn(mailbox, maxBounceBytes);
  const done: BounceDone[] = [];
  await withInstallation(command, async (installation) => {
    for (const letter of letters) {
      const one = await handled(installation, letter).catch((error: unknown) => failed(letter, error, locale));
      done.push(one);
      if (!json) print(oneLine(bounceLine(one, locale)));
    }
  });
  if (done.some(({ result }) => result === 'failed')) exitWith(1);
  if (json) printJson(done);
  else if (done.length === 0) print(locale === 'fr' ? 'Aucun message.' : 'No message.');
}

/** What a person should read. */
const toBeRead: ReadonlySet<BounceDone['result']> = new Set(['not-understood', 'feedback', 'empty', 'unnamed']);

/** Reads one message, records it and puts it away. */
async function handled(installation: Installation, { file, read, putAway }: Letter): Promise<BounceDone> {
  const one = { ...(file === undefined ? {} : { file }), ...(await noted(installation, await read())) };
  await putAway?.(!toBeRead.has(one.result));
  return one;
}

/** One message that fails must not keep those after it unread, run after run; a pipe keeps its own, and without a database all would fail. */
function failed({ file, putAway }: Letter, error: unknown, locale: Locale): BounceDone {
  if (putAway === undefined || isUnreachable(error)) throw error;
  return { ...(file === undefined ? {} : { file }), result: 'failed', message: failureOf(error, locale).error.message };
}

/** Reads one message and records it if it came back of a mail of ours. */
async function noted(installation: Installation, bytes: Buffer): Promise<BounceDone> {
  if (bytes.length === 0) return { result: 'empty' };
  const { reading, addressed, messageId, returnedId } = await readReturned(bytes);
  if (reading.is === 'ignored') return { result: 'ignored', why: reading.why };
  if (reading.is !== 'bounce') return { result: reading.is };
  const named = readToken(installation.linkKey, addressed);
  if (named === 'forged') return { result: 'forged' };
  // where mails have a return path of their own, a Message-ID that anybody may have seen names nothing
  const mail =
    named?.mail ?? (installation.returnPath === undefined && returnedId !== '' ? await mailOf(installation, returnedId) : undefined);
  if (mail === undefined) return { result: 'unnamed' };
  const { kind, status, diagnostic } = reading;
  const report = messageId === '' ? createHash('sha256').update(bytes).digest('hex') : messageId;
  const recorded = await noteBounce(installation, { mail, kind, status, diagnostic, report });
  if (recorded.state === 'no-such-mail') return { result: 'no-such-mail' };
  const { state, edition, person, unreachable } = recorded;
  return { result: state, kind, status, mail, edition, person, unreachable };
}
