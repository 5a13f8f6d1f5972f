/** What the database says of how the installation stands: who was well last, what stands still, what fails, what has not left. */
import type pg from 'pg';
import { alertWords } from '../../domain/watch/words.js';
import { backlog } from '../../store/figures.js';
import { editionsFailing } from '../../store/incidents.js';
import { heartbeats, openAlerts } from '../../store/watch.js';
import { silentForMs } from '../health.js';
import { backlogInWords } from './backlog.js';
import { ago, type Finding, same } from './finding.js';

/** The heartbeats, the open alerts, mail that has not left, and what fails; nothing in a schema that has none yet. */
export async function standing(client: pg.Client, realNow: number): Promise<Finding[]> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.heartbeat') is not null as there`);
  if (rows[0]?.there !== true) return [];
  const hearts = await heartbeats(client);
  const alerts = (await openAlerts(client)).filter((alert) => alert.last_at > alert.seen_at);
  const words = {
    worker: { fr: 'Worker, dernier signe', en: 'Worker, last seen' },
    sweep: { fr: 'Ronde, dernier passage', en: 'Sweep, last round' },
    watch: { fr: 'Veille, dernier regard', en: 'Watch, last look' },
  };
  const seen = (Object.keys(words) as (keyof typeof words)[]).map((heart): Finding => {
    const at = hearts[heart];
    const ok = at !== undefined && realNow - at <= silentForMs[heart];
    return {
      id: heart === 'worker' ? 'worker-seen' : heart,
      name: words[heart],
      state: ok ? 'ok' : 'fail',
      detail: at === undefined ? { fr: 'jamais', en: 'never' } : ago(realNow - at),
      ...(ok
        ? {}
        : {
            todo: {
              fr: "Démarrer un worker (troismains worker) ; s'il tourne, lire son journal.",
              en: 'Start a worker (troismains worker); if one runs, read its log.',
            },
          }),
    };
  });
  const still = alerts.map(({ kind, scope, things }): Finding => {
    const [fr, en] = (['fr', 'en'] as const).map((locale) => alertWords({ kind, scope, count: things }, locale));
    const where = scope === '' ? '' : ` (${scope})`;
    return {
      id: `alert-${kind}`,
      name: { fr: "N'avance plus", en: 'Stands still' },
      state: 'fail',
      detail: { fr: `${fr?.what}${where}`, en: `${en?.what}${where}` },
      ...(scope === '' ? {} : { editions: [scope] }),
      todo: { fr: [fr?.todo, ...(fr?.commands ?? [])].join(' · '), en: [en?.todo, ...(en?.commands ?? [])].join(' · ') },
    };
  });
  return [...seen, ...still, await mail(client, realNow), ...(await incidents(client))];
}

/** The mail that has not left, by state. When too much of it stands still, an alert says so. */
async function mail(client: pg.Client, realNow: number): Promise<Finding> {
  const detail = backlogInWords(await backlog(client), realNow);
  return { id: 'outbox', name: { fr: 'Messages', en: 'Mails' }, state: 'ok', detail };
}

/** So many editions are named. */
const mostNamed = 10;

/** What fails in editions, and where; nothing where nothing fails. */
async function incidents(client: pg.Client): Promise<Finding[]> {
  const failing = await editionsFailing(client, mostNamed);
  if (failing.length === 0) return [];
  const named = failing.map(({ edition, count }) => `${edition} (${count})`).join(', ');
  return [
    {
      id: 'incidents',
      name: same('Incidents'),
      state: 'warn',
      editions: failing.map(({ edition }) => edition),
      detail: { fr: `quelque chose échoue et est réessayé : ${named}`, en: `something fails and is tried again: ${named}` },
      todo: {
        fr: "Lire l'onglet Moteur de l'édition dans la console : il dit quoi, et fait réessayer tout de suite.",
        en: "Read the edition's tab Engine in the console: it says what, and has it tried again at once.",
      },
    },
  ];
}
