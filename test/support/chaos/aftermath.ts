import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Edition } from '../../../domain/edition.js';
import { readToken } from '../../../mail/returnpath.js';
import { type LivedAsk, livedAsks } from '../../../rehearsal/record.js';
import { type Entry, journal } from '../../../store/audit.js';
import { type ChainCheck, verifyChain } from '../../../store/chain.js';
import type { Store } from '../../../store/db.js';
import { findEdition } from '../../../store/editions.js';
import { type IncidentRow, openIncidents } from '../../../store/incidents.js';
import { listMails, type OutboxRow } from '../../../store/outbox.js';
import { type Untold, untoldOf } from '../../../store/untold.js';
import { until } from '../waiting.js';
import type { Behind, Deed, Promised } from './crowd.js';
import { type DroppedNote, droppedNotes, startedAddresses } from './dropped.js';
import type { Copy, Refused } from './sink.js';
import { type History, standsOf } from './stands.js';

/** An outcome as the engine was told it by one review. */
export interface Told {
  id: string;
  outcome: string;
  on: string;
  result?: string;
  items?: string[];
}

/** A place in an ask as the database has it at the end. */
export interface PlaceLeft {
  request: string;
  ask: string;
  person: string;
  closed: string | null;
  hasAnswer: boolean;
  /** Something typed is still kept as a draft. */
  hasDraft: boolean;
}

/** A rung that was claimed; `outbox`: the mail that carries it, or null where the ladder dropped it. */
export interface RungLeft {
  ask: string;
  person: string;
  rung: string;
  about: string;
  outbox: number | null;
}

/** All that is left of a life, from every side: the database, the engine, the mail server, the people. */
export interface Aftermath {
  edition: Edition;
  publicUrl: string;
  status: string;
  /** The last business instant, epoch ms. */
  endedAt: number;
  asks: LivedAsk[];
  /** The result and the items of each settled ask are in the journal; here as the row has them. */
  results: Map<string, { result: string | null; items: string[] | null }>;
  places: PlaceLeft[];
  outbox: Omit<OutboxRow, 'bytes'>[];
  rungs: RungLeft[];
  people: Map<string, { email: string; unreachable: boolean }>;
  /** The address that was typed to begin each application, by its id. */
  started: Map<string, string>;
  /** What mails no longer said, though it was to be said at that moment. */
  dropped: DroppedNote[];
  journal: Pick<Entry, 'at' | 'actor' | 'verb' | 'subject'>[];
  chain: ChainCheck;
  /** What is true and not told once in the journal, as the store itself finds it. */
  untold: Untold[];
  incidents: Pick<IncidentRow, 'scope' | 'message'>[];
  wakesOwed: number;
  /**
   * `otherRuns`: every run of a cohort on the edition's task queue but the one that was started, running or not. `names`: what of people – names, addresses, what they wrote – is in
   * the history of the run. `stands`: where a run that goes on stands: what is pending, and its last events.
   */
  workflow: { status: string; told: Told[]; otherRuns: string[]; names: string[]; stands?: string };
  copies: readonly Copy[];
  /** The mails (by number) that the server refused for good. */
  refused: Set<number>;
  promised: readonly Promised[];
  deeds: readonly Deed[];
  behind: readonly Behind[];
}

/** Gathers what is left. */
export async function aftermathOf({
  store,
  engine: { client, workflowId, runId },
  edition,
  taskQueue,
  sink: { copies, refused },
  crowd,
  publicUrl,
  linkKey,
}: {
  store: Store;
  engine: { client: Client; workflowId: string; runId(): string };
  edition: Edition;
  taskQueue: string;
  sink: { copies: readonly Copy[]; refused: readonly Refused[] };
  crowd: { promised: readonly Promised[]; deeds: readonly Deed[]; behind: readonly Behind[]; now(): number };
  publicUrl: string;
  linkKey: Buffer;
}): Promise<Aftermath> {
  const { pool } = store;
  const row = await findEdition(pool, edition.id);
  const { rows: settled } = await pool.query<{ id: string; result: string | null; items: string[] | null }>(
    'select id, result, items from ask where edition = $1',
    [edition.id],
  );
  const { rows: places } = await pool.query<PlaceLeft>(
    `select p.request, p.ask, p.person, p.closed, p.answer is not null as "hasAnswer", d.request is not null as "hasDraft"
     from ask_person p left join draft d on d.request = p.request where p.edition = $1 order by p.ask, p.person`,
    [edition.id],
  );
  const { rows: rungs } = await pool.query<RungLeft>('select ask, person, rung, about, outbox from rung where edition = $1', [edition.id]);
  const { rows: people } = await pool.query<{ id: string; email: string; unreachable: boolean }>(
    'select id, email, unreachable_at is not null as unreachable from person where edition = $1',
    [edition.id],
  );
  const named = refused.map(({ from }) => readToken(linkKey, from));
  const { rows: words } = await pool.query<{ text: string }>(
    `select name as text from person where edition = $1 union select email from person where edition = $1
     union select title from application where edition = $1 union select body from document where edition = $1`,
    [edition.id],
  );
  const { rows: owed } = await pool.query('select 1 from pending_wake where edition = $1', [edition.id]);
  const handle = client.workflow.getHandle(workflowId);
  const { status, raw } = await handle.describe();
  const otherRuns = await otherRunsOf(client, { workflowId, runId, taskQueue });
  const history = await handle.fetchHistory();
  const bytes = Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish());
  if (!bytes.includes(edition.id)) throw new Error('the history cannot be searched: not even its edition is in it');
  return {
    edition,
    publicUrl,
    status: row?.status ?? 'unknown',
    endedAt: crowd.now(),
    asks: await livedAsks(pool, edition.id),
    results: new Map(settled.map(({ id, result, items }) => [id, { result, items }])),
    places,
    outbox: await listMails(pool, edition.id),
    rungs,
    people: new Map(people.map(({ id, ...person }) => [id, person])),
    started: await startedAddresses(pool),
    dropped: await droppedNotes(pool),
    journal: await journal(pool, edition.id),
    chain: await verifyChain(pool, edition.id),
    untold: await untoldOf(pool, edition.id),
    incidents: await openIncidents(pool, edition.id),
    wakesOwed: owed.length,
    workflow: {
      status: status.name,
      told: toldIn(history),
      otherRuns,
      names: words.map(({ text }) => text).filter((text) => text !== '' && bytes.includes(text)),
      ...(status.name === 'RUNNING' ? { stands: standsOf(raw, history) } : {}),
    },
    copies,
    refused: new Set(named.flatMap((one) => (typeof one === 'object' ? [one.mail] : []))),
    promised: crowd.promised,
    deeds: crowd.deeds,
    behind: crowd.behind,
  };
}

/** All runs of cohorts on a task queue, but one; that one is listed too, as soon as the list is up to date. */
async function otherRunsOf(
  client: Client,
  { workflowId, runId, taskQueue }: { workflowId: string; runId(): string; taskQueue: string },
): Promise<string[]> {
  const own = `${workflowId} ${runId()}`;
  const runs = await until('runs cannot be listed: not even that of the edition is', async () => {
    const found: string[] = [];
    for await (const run of client.workflow.list({ query: `TaskQueue = '${taskQueue}' and WorkflowType = 'cohort'` }))
      found.push(`${run.workflowId} ${run.runId}`);
    return found.includes(own) && found;
  });
  return runs.filter((run) => run !== own);
}

/** What reviews answered, as the history of the run has it. */
function toldIn(history: History): Told[] {
  return (history.events ?? []).flatMap((event) => {
    const payloads = [
      ...(event.markerRecordedEventAttributes?.details?.result?.payloads ?? []),
      ...(event.activityTaskCompletedEventAttributes?.result?.payloads ?? []),
    ];
    return payloads.flatMap(({ data }): Told[] => {
      const result: unknown = data ? JSON.parse(Buffer.from(data).toString()) : undefined;
      return typeof result === 'object' && result !== null && 'settled' in result && Array.isArray(result.settled) ? result.settled : [];
    });
  });
}
