/** A throw-away stack for one command: Postgres and Temporal in memory, stopped whatever happens. */
import type { Locale } from '../../domain/words.js';
import { type Services, startServices } from '../../embedded/services.js';
import { CliError, progress } from './io.js';
import { configuration } from './up.js';

/** What a stack of our own must not hear of: somebody's cluster, database or mail server. */
const theirs = /^(TEMPORAL_(?!CLI$)|DATABASE_URL$|SMTP_URL$)/;

/**
 * Runs something on a stack of its own, and leaves nothing of it. Ctrl-C, SIGTERM, a terminal that goes away and a part that ends by itself
 * abort `signal`; a second Ctrl-C leaves at once (the guard ends what still runs).
 * @throws exit code 4 when the stack cannot be started, or a part of it ended; exit code 1 when it was interrupted
 */
export async function onStack<T>(locale: Locale, act: (services: Services, signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  let times = 0;
  const onSignal = () => {
    if (times++ > 0) process.exit(1);
    progress(stopping[locale]);
    interruption.abort(new CliError(1, interrupted));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  try {
    const services = await started(locale, interruption.signal);
    try {
      void services.failed.then(({ message, detail }) =>
        interruption.abort(new CliError(4, { fr: `${message}\n${detail}`, en: `${message}\n${detail}` })),
      );
      return await act(services, interruption.signal);
    } catch (error) {
      interruption.signal.throwIfAborted(); // what ended first explains the rest
      throw error;
    } finally {
      await services.stop();
    }
  } finally {
    for (const name of signals) process.off(name, onSignal);
  }
}

async function started(locale: Locale, signal: AbortSignal): Promise<Services> {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
  const config = { ...configuration(environment), language: locale };
  try {
    return await startServices({ ephemeral: true, parts: ['postgres', 'temporal'], config, progress, signal });
  } catch (cause) {
    signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(4, { fr: `La répétition n'a pas pu commencer : ${why}`, en: `The rehearsal could not begin: ${why}` }, { cause });
  }
}

const stopping = { fr: 'Interruption : arrêt en cours…', en: 'Interrupted: stopping…' };
const interrupted = { fr: "Interrompu : rien n'a été gardé.", en: 'Interrupted: nothing was kept.' };
