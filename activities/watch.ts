import { domainOf, mailboxOf } from '../domain/address.js';
import { type Disk, leastFree } from '../domain/disks.js';
import { alertWords } from '../domain/watch/words.js';
import { DISK_KINDS, ENGINE_KINDS, type RunFacts, standstills } from '../domain/watch.js';
import type { Locale } from '../domain/words.js';
import { toBytes } from '../mail/mime.js';
import { alert, type ToldAlert } from '../mail/templates/alert.js';
import type { Transport } from '../mail/transport.js';
import { forgetOldStarts } from '../store/acts/start.js';
import { forgetShares } from '../store/budgets.js';
import { checkJournals } from '../store/chain.js';
import { inTransaction, type Store } from '../store/db.js';
import { forgetFormers } from '../store/formeraddresses.js';
import { forgetAttempts } from '../store/limits.js';
import { messageIdOf } from '../store/outbox.js';
import { forgetOldKeys } from '../store/sessions.js';
import { forgetOldSignIns } from '../store/signins.js';
import { type AlertRow, beat, editionFacts, forgetAlerts, heartbeats, markTold, rememberStandstills, untold } from '../store/watch.js';
import type { WatchActivities } from './contract.js';

/** Lines of a structured log: fields of ids, words of the code and numbers, then a sentence. */
export interface Log {
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
}

/** What the engine says of runs: of each edition asked about, and which editions have one that runs. */
export interface Runs {
  of: ReadonlyMap<string, RunFacts>;
  running: readonly string[];
}

/** What the watch needs of the installation. */
export interface WatchDeps {
  store: Store;
  /** Asks the engine. Rejects when it cannot be reached. */
  runs(editions: readonly string[]): Promise<Runs>;
  /** A way out for alerts alone: what is stuck may be the edition's. */
  transport: Transport;
  /** `Name <address>` or an address. */
  mailFrom: string;
  /** The admins' addresses; none: the console, the log and the measures tell. */
  alertTo: readonly string[];
  locale: Locale;
  /** Base of the console's address. */
  publicUrl: string;
  log: Log;
  /** Measures the disks that can be seen from here. */
  disks(): Promise<readonly Disk[]>;
  realNow(): number;
}

/**
 * What two looks one after the other saw is told, milliseconds: a worker that comes back after a week-end finds everything late, and all of it is
 * done a minute later. Less than the time between two looks.
 */
const toldAfterMs = 4 * 60_000;
const keptMs = 366 * 86_400_000;
/** A journal is verified once a day, a few at each look. */
const checkedForMs = 86_400_000;
const checksALook = 10;
/** The clock of an alert about the whole installation, when no edition has one. */
const usualTimezone = 'Europe/Paris';

/** What the watch may do. */
export function createWatch(deps: WatchDeps): WatchActivities {
  return { watch: () => look(deps) };
}

async function look(deps: WatchDeps): Promise<{ open: number; told: number }> {
  const { store, log } = deps;
  const realNow = deps.realNow();
  const read = await editionFacts(store.pool, realNow);
  const running = read.filter(({ status }) => status === 'running').map(({ edition }) => edition);
  const runs = await deps.runs(running).catch((error: unknown) => {
    log.warn({ error: String(error) }, 'the watch cannot ask Temporal');
    return undefined;
  });
  const diskFree = leastFree(await deps.disks());
  const { sweep: sweptAt = null } = await heartbeats(store.pool);
  const editions = read.map((facts) => {
    const run = runs?.of.get(facts.edition);
    return run === undefined ? facts : { ...facts, run };
  });
  const broken = await checkJournals(store.pool, { before: realNow - checkedForMs, most: checksALook, realNow });
  const found = standstills({ realNow, sweptAt, editions, runs: runs?.running, broken, diskFree });
  const unknown = [...(runs === undefined ? ENGINE_KINDS : []), ...(diskFree === undefined ? DISK_KINDS : [])];
  await inTransaction(store.pool, (tx) => rememberStandstills(tx, { found, unknown, realNow }));
  const news = await untold(store.pool, realNow - toldAfterMs);
  const told = [...news.open, ...news.over];
  if (told.length > 0) {
    const known = new Map(read.map((facts) => [facts.edition, facts]));
    const inWords = (row: AlertRow): ToldAlert => {
      const facts = known.get(row.scope);
      return {
        kind: row.kind,
        scope: row.scope,
        count: row.things,
        since: row.since.getTime(),
        timezone: (facts ?? read[0])?.calendar.timezone ?? usualTimezone,
        ...(row.over_at === null ? {} : { overAt: row.over_at.getTime() }),
        ...(facts === undefined ? {} : { title: facts.title }),
      };
    };
    for (const row of told) logAlert(log, row);
    if (await mailed(deps, { open: news.open.map(inWords), over: news.over.map(inWords), key: told.map(keyOf).join('.'), realNow }))
      await markTold(
        store.pool,
        told.map((row) => row.id),
        realNow,
      );
  }
  await forgetAlerts(store.pool, realNow - keptMs);
  for (const forget of [forgetOldStarts, forgetOldSignIns, forgetOldKeys, forgetAttempts, forgetFormers, forgetShares])
    await forget(store.pool, realNow);
  await beat(store.pool, 'watch', deps.realNow());
  return { open: found.length, told: told.length };
}

const keyOf = (row: AlertRow): string => `${row.id}${row.over_at === null ? '' : '-over'}`;

function logAlert(log: Log, row: AlertRow): void {
  const { kind, scope, things, since, over_at: over } = row;
  const fields = { alert: kind, ...(scope === '' ? {} : { edition: scope }), things, since: since.toISOString() };
  const { what } = alertWords({ kind, scope, count: things }, 'en');
  if (over === null) log.error(fields, what);
  else log.info({ ...fields, over: over.toISOString() }, `over: ${what}`);
}

/**
 * Mails the admins; whether at least one of them has it or may have it, or there is nobody to mail. What certainly did not leave is tried at the next
 * look; what may have arrived is not, or a server that answers too late gets a copy at each look.
 */
async function mailed(
  { transport, mailFrom, alertTo, locale, publicUrl, log }: WatchDeps,
  { open, over, key, realNow }: { open: ToldAlert[]; over: ToldAlert[]; key: string; realNow: number },
): Promise<boolean> {
  if (alertTo.length === 0) return true;
  const rendered = alert({ open, over, at: realNow, locale, url: `${publicUrl}/` });
  const from = mailboxOf(mailFrom);
  const results = await Promise.all(
    alertTo.map(async (to) => {
      const messageId = `<${messageIdOf(`alert.${key}.${to}`, domainOf(mailFrom))}>`;
      const bytes = await toBytes({ rendered, from, to, messageId, date: realNow });
      return transport.send({ from: from.address, to, bytes });
    }),
  );
  for (const result of results)
    if (result.state === 'uncertain') log.warn({ state: result.state, reason: result.message }, 'an alert may not have arrived');
    else if (result.state !== 'accepted') log.error({ state: result.state, reason: result.message }, 'an alert could not be mailed');
  return results.some(({ state }) => state === 'accepted' || state === 'uncertain');
}
