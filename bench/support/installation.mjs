// A running installation in this process: the engine's worker, the web, mail that goes nowhere.
import { NativeConnection } from '@temporalio/worker';

export const linkKey = Buffer.from('a key that opens nothing but benches');
export const publicUrl = 'https://troismains.example';

/** Connects to an installation on a stage; `capacity`: that of a worker. */
export async function openedOn({ databaseUrl, temporalAddress: address, namespace }, taskQueue = 'bench', capacity = {}) {
  const { openInstallation } = await import('../../dist/client/installation.js');
  const config = {
    databaseUrl,
    temporal: { connection: { address }, namespace },
    taskQueue,
    publicUrl,
    linkKey,
    diskFolders: [],
  };
  return openInstallation(config, capacity);
}

/** Works for an installation while something is done with it; `sent` hears of every mail, once it is taken. */
export async function working(stage, installation, { sent = () => {}, store = installation.store, capacity }, work) {
  const { createWorker } = await import('../../dist/worker/create.js');
  const { temporalAddress: address, namespace, bundlePath } = stage;
  const connection = await NativeConnection.connect({ address });
  const transport = {
    send: async (mail) => {
      sent(mail);
      return { state: 'accepted', response: '250 kept' };
    },
    close() {},
  };
  const worker = await createWorker({
    connection,
    namespace,
    taskQueue: installation.taskQueue,
    bundlePath,
    capacity,
    deps: { ...installation, store, transport, mailFrom: 'Trois Mains <bench@troismains.example>' },
  });
  try {
    return await worker.runUntil(work);
  } finally {
    await connection.close();
  }
}

/** Starts an edition at a time of its first day. */
export async function started(installation, { edition, source }, time = '09:05') {
  const { startEdition } = await import('../../dist/client/verbs/cohorts.js');
  const { calendarOf } = await import('../../dist/domain/calendar.js');
  const startsAt = calendarOf(edition.territory).instantAt(edition.start, time);
  const done = await startEdition(installation, { edition, source, startsAt });
  if (!done.ok) throw new Error(`${edition.id} was not started: ${JSON.stringify(done)}`);
}

/** Waits until something is so. */
export async function until(what, isSo, withinMs = 120_000) {
  for (const since = Date.now(); !(await isSo()); ) {
    if (Date.now() - since > withinMs) throw new Error(`not in ${withinMs / 1000} s: ${what}`);
    await new Promise((soon) => setTimeout(soon, 25));
  }
}
