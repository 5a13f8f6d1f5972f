import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openInstallation, runOf } from '../client/installation.js';
import { startEdition } from '../client/verbs/cohorts.js';
import { trialLink } from '../client/verbs/console.js';
import { INSTALLATION, readConfig } from '../config.js';
import { calendarOf } from '../domain/calendar.js';
import { type Edition, readEdition } from '../domain/edition.js';
import type { Store } from '../store/db.js';
import { findEdition } from '../store/editions.js';
import { linkOf } from '../store/links.js';
import { type InstallationEnvironment, packageRoot } from './children.js';
import { until } from './processes.js';
import type { Services } from './services.js';

const demonstrationFile = 'editions/val-d-oise-2023.yaml';
/** The demonstration's clock starts here on the edition's first day: its first mails leave at once, whatever the hour of ours. */
const startsAtHour = '09:05';
const firstMailsWithinMs = 60_000;

/** Starts the demonstration edition, or finds it; waits until its first mails were taken, and answers a way in and a page to act on. */
export async function startDemonstration(
  _services: Services,
  environment: InstallationEnvironment,
): Promise<{ signIn: string; page: string }> {
  const config = readConfig(environment, INSTALLATION);
  const installation = await openInstallation(config);
  try {
    const source = await readFile(join(packageRoot(), demonstrationFile), 'utf8');
    const reading = readEdition(source);
    if (!reading.ok)
      throw new Error(`${demonstrationFile} is not an edition any more: ${reading.problems.map((p) => p.message.en).join('; ')}`);
    const { edition } = reading;
    const { store } = installation;
    if ((await findEdition(store.pool, edition.id)) === undefined || (await runOf(installation, edition.id)) === null) {
      const startsAt = calendarOf(edition.territory).instantAt(edition.start, startsAtHour);
      const started = await startEdition(installation, { edition, source, startsAt });
      if (!started.ok && started.reason === 'not-taken') throw started.cause;
      await until(
        firstMailsWithinMs,
        () => firstMailsLeft(store, edition),
        () => new Error('the first mails of the demonstration did not leave'),
      );
    }
    const place = await openPlace(store, edition.id);
    const page =
      place === undefined
        ? `${config.publicUrl}/call/${edition.id}`
        : linkOf(config.publicUrl, config.linkKey, place.request, place.link_n);
    return { signIn: await trialLink(installation), page };
  } finally {
    await installation.close();
  }
}

/** Whether everybody who is interviewed has their mail. */
async function firstMailsLeft({ pool }: Store, edition: Edition): Promise<boolean> {
  const { rows } = await pool.query<{ n: number }>(`select count(*) as n from outbox where edition = $1 and state = 'accepted'`, [
    edition.id,
  ]);
  return (rows[0]?.n ?? 0) >= edition.interviews.length;
}

/** A place somebody can act from now; none when everybody has answered. */
async function openPlace({ pool }: Store, edition: string): Promise<{ request: string; link_n: number } | undefined> {
  const { rows } = await pool.query<{ request: string; link_n: number }>(
    `select p.request, p.link_n from ask a join ask_person p on p.ask = a.id
     where a.edition = $1 and a.outcome is null and a.opened_at is not null and p.closed is null and a.kind <> 'apply'
     order by a.opened_at, p.person limit 1`,
    [edition],
  );
  return rows[0];
}
