/** What keeps editions moving, over a real installation. */
import { executionOf } from '../client/execution.js';
import type { Installation } from '../client/installation.js';
import { engineAct } from '../client/verbs/engine.js';
import { verdictOf } from '../client/verdict.js';
import { findEdition } from '../store/editions.js';
import { backlog } from '../store/figures.js';
import { openIncidents } from '../store/incidents.js';
import { editionView } from '../store/views/index.js';
import { looksOf } from '../store/wakes.js';
import { openAlerts } from '../store/watch.js';
import type { Backend, EnginePart } from './backend.js';

/** The part of the port that is about the engine. */
export function liveEngine(installation: Installation): Pick<Backend, 'engine' | 'engineAct'> {
  return {
    engine: (id) => enginePart(installation, id),
    engineAct: (act) => engineAct(installation, act),
  };
}

async function enginePart(installation: Installation, id: string): Promise<EnginePart | undefined> {
  const { store, realNow: clock, temporalUi } = installation;
  const row = await findEdition(store.pool, id);
  if (row === undefined) return undefined;
  const [execution, looks, incidents, alerts, mails] = await Promise.all([
    executionOf(installation, id).catch(() => undefined),
    looksOf(store.pool, id),
    row.failing.length === 0 ? [] : openIncidents(store.pool, id),
    openAlerts(store.pool),
    backlog(store.pool, id),
  ]);
  const realNow = clock();
  const offsetMs = row.clock_offset_ms;
  return {
    edition: editionView(row),
    at: realNow + offsetMs,
    realNow,
    offsetMs,
    verdict: verdictOf({ execution, looks, status: row.status, offsetMs, incidents: incidents.length, realNow }),
    looks,
    mails,
    alerts: alerts
      .filter(({ scope }) => scope === id)
      .map(({ kind, scope, things: count, since, said_at }) => ({
        ...{ kind, scope, count, since: since.getTime(), told: said_at !== null, timezone: row.file.territory.timezone },
      })),
    ...(execution === undefined ? {} : { execution }),
    ...(execution == null || temporalUi === undefined
      ? {}
      : { ui: addressOf(execution, temporalUi, installation.client.options.namespace) }),
    incidents: incidents.map(({ scope, message, times, last_at }) => ({ scope, message, times, lastAt: last_at.getTime() })),
  };
}

/** Where the Temporal UI shows a run. */
const addressOf = ({ id, runId }: { id: string; runId: string }, base: string, namespace: string): string =>
  `${base}/namespaces/${[namespace, 'workflows', id, runId].map(encodeURIComponent).join('/')}/history`;
