/** A throw-away stack for one command: Postgres and Temporal in memory, stopped whatever happens. */
import type { Locale, Words } from '../domain/words.js';
import { wordsIn } from '../embedded/messages.js';
import { type Services, startServices } from '../embedded/services.js';
import { DiskFull } from '../embedded/space.js';
import type { Failure } from '../embedded/supervise.js';
import { RehearsalFailed } from '../rehearsal/rehearse.js';
import { configuration } from './configuration.js';
import { CliError, failureOf, failureText, printJson, progress, type Terminal } from './io.js';

/** What a stack of our own must not hear of: somebody's cluster, database or mail server. */
const theirs = /^(TEMPORAL_(?!CLI$)|DATABASE_URL$|SMTP_URL$)/;
/** What is interrupted may take so long to leave in good order; then its stack is stopped under it. */
const leaveWithinMs = 8_000;
/** Without its stack, nothing is left in good order. */
const strandedForMs = 1_000;

/**
 * Does something that takes long, and ends it in words: Ctrl-C, SIGTERM and a terminal that goes away abort `signal`; a second Ctrl-C
 * leaves at once (the guard ends what still runs).
 * @throws exit code 1 when it was interrupted, unless `act` was done all the same
 */
export async function interruptible<T>({ json, locale }: Terminal, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  const { signal } = interruption;
  const onSignal = () => {
    if (signal.aborted) {
      const failure = failureOf(signal.reason, locale);
      if (json) printJson(failure);
      else progress(failureText(failure));
      process.exit(1);
    }
    progress(stopping[locale]);
    interruption.abort(new CliError(1, interrupted));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  try {
    return await act(signal);
  } catch (error) {
    signal.throwIfAborted(); // what ended first explains the rest
    throw error;
  } finally {
    for (const name of signals) process.off(name, onSignal);
  }
}

/**
 * Does something on a stack of its own, and leaves nothing of it. An interruption, and a part that ends by itself, abort the signal that
 * `act` is given.
 * @throws the interruption's reason; exit code 4 when the stack cannot be started, or a part of it ended; 1 when its disk is full, or when
 * what was lived broke
 */
export async function onStack<T>(
  { locale, signal: interruption }: { locale: Locale; signal: AbortSignal },
  act: (services: Services, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const services = await started(locale, interruption);
  const ended = new AbortController();
  const signal = AbortSignal.any([interruption, ended.signal]);
  void services.failed.then((failure) => ended.abort(brokenDown(failure)));
  try {
    const done = await orLeft(act(services, signal), { signal, ms: () => (ended.signal.aborted ? strandedForMs : leaveWithinMs) });
    interruption.throwIfAborted();
    return done;
  } catch (error) {
    signal.throwIfAborted(); // what ended first explains the rest
    const full = services.full(error);
    if (full !== undefined) throw new CliError(1, said(cutShort, wordsIn(locale).diskFull(full, true)), { cause: error });
    const failure = await services.failureBehind(error);
    if (failure !== undefined) throw brokenDown(failure);
    throw error instanceof RehearsalFailed ? new CliError(1, said(cutShort, error.message, notYours), { cause: error }) : error;
  } finally {
    await services.stop();
  }
}

/** What `act` answers; one that was told to leave is waited for only so long. */
async function orLeft<T>(acting: Promise<T>, { signal, ms }: { signal: AbortSignal; ms(): number }): Promise<T> {
  let patience: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, leave) => {
    const begin = () => {
      patience = setTimeout(() => leave(signal.reason), ms());
    };
    if (signal.aborted) begin();
    else signal.addEventListener('abort', begin, { once: true });
  });
  try {
    return await Promise.race([acting, tooLong]);
  } finally {
    clearTimeout(patience);
  }
}

async function started(locale: Locale, signal: AbortSignal): Promise<Services> {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
  const config = { ...configuration(environment), language: locale };
  try {
    return await startServices({ ephemeral: true, parts: ['postgres', 'temporal'], config, progress, signal, alone: true });
  } catch (cause) {
    signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(cause instanceof DiskFull ? 1 : 4, said(notBegun, why), { cause });
  }
}

/** A part of the stack ended by itself: which one, and the end of its log. */
const brokenDown = ({ message, detail, full }: Failure): CliError =>
  new CliError(
    full === undefined ? 4 : 1,
    said(cutShort, [message, detail].filter(Boolean).join('\n'), full === undefined ? again : undefined),
  );

/** One text after another, in each language; what the stack says of itself is in the language asked for already. */
const said = (before: Words, text: string, after: Words = { fr: '', en: '' }): Words => ({
  fr: `${before.fr}${text}${after.fr}`,
  en: `${before.en}${text}${after.en}`,
});

const stopping = { fr: 'Interruption : arrêt en cours…', en: 'Interrupted: stopping…' };
const interrupted = { fr: "Interrompu : rien n'a été gardé.", en: 'Interrupted: nothing was kept.' };
const notBegun = { fr: "La répétition n'a pas pu commencer : ", en: 'The rehearsal could not begin: ' };
const cutShort = { fr: "La répétition n'est pas allée à son terme : ", en: 'The rehearsal did not come to its end: ' };
const again = { fr: "\nRien n'a été gardé : relancer la commande.", en: '\nNothing was kept: run the command again.' };
const notYours = {
  fr: "\nRien n'a été gardé. C'est Trois Mains qui s'est trompé, pas l'édition : à signaler avec ce message.",
  en: '\nNothing was kept. The mistake is in Trois Mains, not in the edition: please report it with these words.',
};
