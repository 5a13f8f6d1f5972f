import type { Client } from '@temporalio/client';
import type { Config } from '../config.js';
import type { Disk } from '../domain/disks.js';
import { audit } from '../store/audit.js';
import { inTransaction, openStore, type Store } from '../store/db.js';
import { findEdition, holdStart, raiseEpoch } from '../store/editions.js';
import { signInForMs } from '../store/signins.js';
import { oweWake } from '../store/wakes.js';
import { type CohortInput, cohortWorkflowId, searchAttributes, wake } from '../workflows/messages.js';
import { disksOf } from './disks.js';
import { isWorkflowNotFound, openEngine } from './engine.js';
import { latestEpoch, latestRun } from './histories.js';
import { openProviders, type Providers } from './openid.js';

/** A running installation, as its verbs see it: what is true, and the engine. Time comes in through `realNow`. */
export interface Installation {
  store: Store;
  client: Client;
  taskQueue: string;
  /** Base of the links in mails, without a final slash. */
  publicUrl: string;
  linkKey: Buffer;
  /** Where bounces go; undefined: to the address mails are from. */
  returnPath: string | undefined;
  /** Base of the Temporal UI's address; undefined: there is none to lead to. */
  temporalUi: string | undefined;
  /** Where all mail is read that leaves, if none leaves this machine; undefined: mail reaches people. */
  mailbox: string | undefined;
  realNow(): number;
  /** Measures the disks that can be seen from here. */
  disks(): Promise<Disk[]>;
  /** Wakes an edition's workflow; whether the engine took it. One that cannot be reached now is woken by the sweep: the wake is owed in the database. */
  wake(edition: string): Promise<boolean>;
  /** Has a link into the console mailed; whether the engine took it. One that cannot be reached now is no loss: the sweep mails what is owed. */
  mailSignIn(id: string): Promise<boolean>;
  /** Whether coordinators and admins need a second factor. */
  needsFactor: boolean;
  /** Who may say who somebody is, beside us. */
  providers: Providers;
  close(): Promise<void>;
}

/** What connecting needs of the configuration. */
export type InstallationConfig = Pick<
  Config,
  'temporal' | 'temporalUi' | 'taskQueue' | 'returnPath' | 'mailbox' | 'diskFolders' | 'needsFactor' | 'providers'
> &
  Required<Pick<Config, 'databaseUrl' | 'publicUrl' | 'linkKey'>>;

/** Connects to an installation; the engine only when it is first needed, so that an act is recorded whether or not it is up. */
export async function openInstallation(
  config: InstallationConfig,
  { onProblem, connections }: { onProblem?: (problem: { provider: string; what: string }) => void; connections?: number } = {},
): Promise<Installation> {
  const store = openStore(config.databaseUrl, { maxConnections: connections });
  const engine = openEngine(config.temporal);
  const installation: Installation = {
    store,
    get client() {
      return engine.client;
    },
    taskQueue: config.taskQueue,
    publicUrl: config.publicUrl,
    linkKey: config.linkKey,
    returnPath: config.returnPath,
    temporalUi: config.temporalUi,
    mailbox: config.mailbox,
    realNow: Date.now,
    disks: () => disksOf(config.diskFolders),
    wake: async (edition) => {
      try {
        await engine.client.withDeadline(Date.now() + 2_000, () =>
          engine.client.workflow.getHandle(cohortWorkflowId(edition)).signal(wake),
        );
        return true;
      } catch (error) {
        // an edition that runs without a run was never handed over, or lost it: it starts from the top; any other wake is owed in the database
        if (isWorkflowNotFound(error) && (await findEdition(store.pool, edition))?.status === 'running')
          await startMissing(installation, edition).catch(() => undefined);
        return false;
      }
    },
    mailSignIn: async (id) => {
      try {
        await engine.client.withDeadline(Date.now() + 2_000, () =>
          engine.client.workflow.start('signin', {
            taskQueue: config.taskQueue,
            workflowId: `signin-${id}`,
            args: [{ id }],
            workflowExecutionTimeout: signInForMs,
          }),
        );
        return true;
      } catch {
        return false;
      }
    },
    needsFactor: config.needsFactor,
    providers: openProviders(config.providers ?? [], { publicUrl: config.publicUrl, onProblem: (problem) => onProblem?.(problem) }),
    close: async () => {
      await engine.close();
      await store.close();
    },
  };
  return installation;
}

/** How long the engine may take to take a workflow, or to say how it is: a page and a command line wait no longer. */
const startWithinMs = 10_000;
const describeWithinMs = 2_000;

/** Starts an edition's workflow from the top; whatever ran before is terminated, and its epoch is stale. */
export async function startCohort({ client, store, taskQueue }: Installation, edition: string, input: CohortInput): Promise<string> {
  const row = await findEdition(store.pool, edition);
  const handle = await client.withDeadline(Date.now() + startWithinMs, () =>
    client.workflow.start('cohort', {
      taskQueue,
      workflowId: cohortWorkflowId(edition),
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
      args: [input],
      typedSearchAttributes: [
        { key: searchAttributes.edition, value: edition },
        { key: searchAttributes.territory, value: row?.territory ?? '' },
      ],
      staticSummary: edition,
    }),
  );
  return handle.firstExecutionRunId;
}

/** Why an edition's run is started again: what was found (`RunState`), or that somebody asked for it. */
export interface Restart {
  why: 'missing' | 'stale' | 'ahead' | 'unreplayable' | 'stuck' | 'asked';
  /** Who does it by hand, and why; without, it is the programme's own doing. */
  by?: { actor: string; reason: string };
}

/**
 * Starts an edition again from the top: repair, restore and incompatible changes are all this. A shifted clock goes on from where it was. The
 * new epoch is above that of every run the engine remembers, which a restored database may not know of. It is in the journal.
 * Whoever else starts this edition waits: of two at once, the run that was started last has the epoch that was raised last.
 */
export async function restartCohort(installation: Installation, edition: string, restart: Restart): Promise<string | undefined> {
  return inTransaction(installation.store.pool, async (guard) => {
    await holdStart(guard, edition, { wait: true });
    return restartHeld(installation, edition, restart);
  });
}

/** Starts an edition for which nothing runs, unless somebody else is about to, or has: of many answers that find no run, one starts it. */
async function startMissing(installation: Installation, edition: string): Promise<void> {
  await inTransaction(installation.store.pool, async (guard) => {
    if (!(await holdStart(guard, edition, { wait: false }))) return;
    if ((await latestRun(installation.client, cohortWorkflowId(edition)))?.running) return;
    await restartHeld(installation, edition, { why: 'missing' });
  });
}

/** The same as `restartCohort`, by somebody who holds the edition's start (`holdStart`). */
export async function restartHeld(installation: Installation, edition: string, { why, by }: Restart): Promise<string | undefined> {
  const { store, client } = installation;
  const realNow = installation.realNow();
  const above = await latestEpoch(client, edition);
  const raised = await inTransaction(store.pool, async (tx) => {
    const raised = await raiseEpoch(tx, edition, { realNow, above });
    if (raised === undefined) return undefined;
    const at = realNow + raised.clockOffsetMs;
    await audit(tx, [
      {
        edition,
        at,
        actor: by?.actor ?? 'programme',
        verb: 'edition.restarted',
        subject: edition,
        detail: { why, epoch: raised.epoch },
        ...(by === undefined ? {} : { reason: by.reason }),
      },
    ]);
    await oweWake(tx, edition, realNow); // until a run of this epoch has looked: should it not be started, the sweep finds that nothing runs
    return raised;
  });
  return raised === undefined ? undefined : startCohort(installation, edition, { edition, ...raised, continues: true });
}

/** What the engine says of an edition's run; null when it knows none. Throws within two seconds or so when it cannot be reached. */
export async function runOf(
  { client }: Installation,
  edition: string,
): Promise<{ id: string; runId: string; status: string; historyEvents: number } | null> {
  try {
    const handle = client.workflow.getHandle(cohortWorkflowId(edition));
    const description = await client.withDeadline(Date.now() + describeWithinMs, () => handle.describe());
    return {
      id: description.workflowId,
      runId: description.runId,
      status: description.status.name.toLowerCase(),
      historyEvents: description.historyLength,
    };
  } catch (error) {
    if (isWorkflowNotFound(error)) return null;
    throw error;
  }
}
