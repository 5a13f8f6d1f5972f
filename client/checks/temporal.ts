/** Temporal: reachable, its version, the namespace, the search attributes, the schedules, whether a worker polls, its clock. Nothing is changed. */
import { Client, Connection, ScheduleNotFoundError } from '@temporalio/client';
import type { TemporalConfig } from '../../config.js';
import type { Locale } from '../../domain/words.js';
import { type Scheduled, scheduleId, searchAttributes } from '../../workflows/messages.js';
import { shortBuild } from '../execution.js';
import { ago, type Finding, failing, same } from './finding.js';

const todo = {
  fr: 'Démarrer Temporal, puis vérifier TEMPORAL_ADDRESS et, selon le serveur, TEMPORAL_API_KEY ou TEMPORAL_TLS*.',
  en: 'Start Temporal, then check TEMPORAL_ADDRESS and, as the server asks, TEMPORAL_API_KEY or TEMPORAL_TLS*.',
};
/** A history kept for less long is gone before somebody asks about it. */
const keptDays = 30;
const clockWithinMs = 5_000;
/** A worker asks for work at least once in so long. */
const pollsWithinMs = 120_000;
const workflowQueue = 1; // temporal.api.enums.v1.TaskQueueType
const activityQueue = 2;

/** Everything the engine can tell. */
export async function lookAtTemporal(
  { connection: options, namespace }: TemporalConfig,
  taskQueue: string,
  { realNow = Date.now, withinMs = 10_000 }: { realNow?: () => number; withinMs?: number } = {},
): Promise<Finding[]> {
  const refused = failing('temporal', same('Temporal'), todo);
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...options, connectTimeout: 0.8 * withinMs });
  } catch (error) {
    return refused(error);
  }
  const found: Finding[] = [];
  const look = async () => {
    const { serverVersion } = await connection.workflowService.getSystemInfo({});
    found.push({
      id: 'temporal',
      name: same('Temporal'),
      state: 'ok',
      detail: { fr: `${options.address}, serveur ${serverVersion}`, en: `${options.address}, server ${serverVersion}` },
    });
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
    found.push({
      id: 'temporal-namespace',
      name: { fr: 'Temporal, espace de noms', en: 'Temporal, namespace' },
      state: days >= keptDays ? 'ok' : 'warn',
      detail: {
        fr: `${namespace}, garde ${days} jours (${keptDays} ou plus)`,
        en: `${namespace}, keeps ${days} days (${keptDays} or more)`,
      },
      ...(days >= keptDays
        ? {}
        : { todo: same(`temporal operator namespace update --namespace ${namespace} --retention ${keptDays * 24}h`) }),
    });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.values(searchAttributes)
      .map(({ name }) => name)
      .filter((name) => !(name in customAttributes));
    found.push({
      id: 'temporal-search-attributes',
      name: { fr: 'Temporal, attributs de recherche', en: 'Temporal, search attributes' },
      state: missing.length === 0 ? 'ok' : 'fail',
      detail:
        missing.length === 0
          ? { fr: 'tous là', en: 'all there' }
          : { fr: `manquent : ${missing.join(', ')}`, en: `missing: ${missing.join(', ')}` },
      ...(missing.length === 0
        ? {}
        : {
            todo: {
              fr: 'Les créer comme le fait temporal-setup dans docker-compose.yml.',
              en: 'Create them as temporal-setup in docker-compose.yml does.',
            },
          }),
    });
    const client = new Client({ connection, namespace });
    for (const what of ['sweep', 'watch'] as const) found.push(await schedule(client, { what, taskQueue, realNow: realNow() }));
    found.push(...(await pollers(connection, { namespace, taskQueue, realNow: realNow() })));
  };
  try {
    await connection.withDeadline(Date.now() + withinMs, look);
    return found;
  } catch (error) {
    return [...found, ...refused(error)];
  } finally {
    await connection.close();
  }
}

async function schedule(
  client: Client,
  { what, taskQueue, realNow }: { what: Scheduled; taskQueue: string; realNow: number },
): Promise<Finding> {
  const id = scheduleId(what, taskQueue);
  const of = {
    id: `schedule-${what}`,
    name:
      what === 'sweep'
        ? { fr: 'Temporal, horaire de la ronde', en: "Temporal, sweep's schedule" }
        : { fr: 'Temporal, horaire de la veille', en: "Temporal, watch's schedule" },
  };
  try {
    const { state, info } = await client.schedule.getHandle(id).describe();
    const last = info.recentActions.at(-1)?.takenAt.getTime();
    if (state.paused)
      return {
        ...of,
        state: 'fail',
        detail: { fr: `${id} est en pause`, en: `${id} is paused` },
        todo: same(`temporal schedule toggle --unpause --schedule-id ${id} --reason "…"`),
      };
    const started = last === undefined ? { fr: 'pas encore', en: 'not yet' } : ago(realNow - last);
    const next = info.nextActionTimes[0];
    const seconds = next === undefined ? undefined : Math.max(0, Math.round((next.getTime() - realNow) / 1000));
    const then = seconds === undefined ? { fr: '', en: '' } : { fr: `, prochain : dans ${seconds} s`, en: `, next: in ${seconds} s` };
    const detail = { fr: `${id}, dernier départ : ${started.fr}${then.fr}`, en: `${id}, last started: ${started.en}${then.en}` };
    return { ...of, state: 'ok', detail };
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    return {
      ...of,
      state: 'fail',
      detail: { fr: `${id} n'existe pas`, en: `there is no ${id}` },
      todo: { fr: 'Démarrer un worker : il le crée.', en: 'Start a worker: it makes it.' },
    };
  }
}

interface Poller {
  identity: string;
  build: string | undefined;
  /** When it last asked for work, by the engine's clock. */
  at: number;
}

/** Who asks for work of a kind. */
async function pollersOf(
  connection: Connection,
  { namespace, taskQueue, kind }: { namespace: string; taskQueue: string; kind: number },
): Promise<Poller[]> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: kind,
  });
  return (pollers ?? []).map(({ identity, lastAccessTime, deploymentOptions, workerVersionCapabilities }) => ({
    identity: identity ?? '?',
    build: deploymentOptions?.buildId || workerVersionCapabilities?.buildId || undefined,
    at: Number(lastAccessTime?.seconds ?? 0) * 1000,
  }));
}

/** So many workers are named. */
const mostNamed = 10;

/** Who takes work, and whether the time at which the engine last saw them fits ours: nothing else tells its clock. */
async function pollers(
  connection: Connection,
  { namespace, taskQueue, realNow }: { namespace: string; taskQueue: string; realNow: number },
): Promise<Finding[]> {
  const of = { id: 'worker', name: same('Worker') };
  const [workflows, activities] = await Promise.all(
    [workflowQueue, activityQueue].map((kind) => pollersOf(connection, { namespace, taskQueue, kind })),
  );
  const seen = workflows ?? [];
  const idle = activities?.length === 0;
  if (seen.length === 0 || idle)
    return [
      {
        ...of,
        state: 'fail',
        unreachable: true,
        detail:
          seen.length === 0
            ? { fr: `aucun ne prend le travail de ${taskQueue}`, en: `none takes work from ${taskQueue}` }
            : { fr: `aucun ne prend les activités de ${taskQueue}`, en: `none takes activities from ${taskQueue}` },
        todo: {
          fr: "Démarrer un worker (troismains worker) ; s'il tourne, vérifier TASK_QUEUE et lire son journal.",
          en: 'Start a worker (troismains worker); if one runs, check TASK_QUEUE and read its log.',
        },
      },
    ];
  const last = Math.max(...seen.map(({ at }) => at));
  const fits = last <= realNow + clockWithinMs && last >= realNow - pollsWithinMs - clockWithinMs;
  const named = (locale: Locale) =>
    seen
      .slice(0, mostNamed)
      .map(({ identity, build, at }) =>
        [identity, ...(build === undefined ? [] : [shortBuild(build)]), ago(realNow - at)[locale]].join(', '),
      )
      .join(' · ');
  return [
    {
      ...of,
      state: 'ok',
      detail: {
        fr: `${seen.length} au travail sur ${taskQueue} : ${named('fr')}`,
        en: `${seen.length} at work on ${taskQueue}: ${named('en')}`,
      },
    },
    {
      id: 'temporal-clock',
      name: { fr: 'Temporal, horloge', en: 'Temporal, clock' },
      state: fits ? 'ok' : 'warn',
      detail: fits
        ? { fr: "rien ne dit qu'elle diffère de la nôtre", en: 'nothing says that it differs from ours' }
        : {
            fr: `écart avec la nôtre : ${Math.round((last - realNow) / 1000)} s, ou worker muet`,
            en: `${Math.round((last - realNow) / 1000)} s from ours, or a silent worker`,
          },
      ...(fits ? {} : { todo: { fr: 'Mettre les machines à la même heure (NTP).', en: 'Set the machines to the same time (NTP).' } }),
    },
  ];
}
