/** What `troismains doctor` looks at, one function per dependency. None changes anything; each answers within ten seconds. */
import { resolveMx, resolveTxt } from 'node:dns/promises';
import { Connection } from '@temporalio/client';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import type { TemporalConfig } from '../../config.js';
import { SEARCH_ATTRIBUTES } from '../../embedded/temporal-config.js';
import { knownMigrations } from '../../store/migrate.js';

/** One finding. What is not `ok` keeps an installation from working, unless it is `advice`. */
export type Check = { name: string; ok: boolean; detail: string; advice?: true };

const reason = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  return error instanceof Error ? error.message : String(error);
};

const failed =
  (name: string) =>
  (error: unknown): Check[] => [{ name, ok: false, detail: reason(error) }];

async function withPostgres<T>(connectionString: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 8_000, query_timeout: 8_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** Postgres: reachable, 15 or later, may create tables, schema of this build, journal append-only. */
export function checkPostgres(url: string): Promise<Check[]> {
  return withPostgres(url, async (client) => {
    const { rows } = await client.query<{ version: string; rights: boolean; table: string | null }>(
      "SELECT current_setting('server_version') AS version, has_schema_privilege('public', 'CREATE') AS rights, to_regclass('migrations')::text AS table",
    );
    const [found] = rows;
    const version = found?.version ?? '?';
    const applied = found?.table ? (await client.query<{ name: string }>('SELECT name FROM migrations')).rows.map((row) => row.name) : [];
    const pending = knownMigrations().filter((name) => !applied.includes(name.replace(/\.sql$/, '')) && !applied.includes(name));
    const mayMigrate = found?.rights === true;
    return [
      { name: 'postgres', ok: Number.parseInt(version, 10) >= 15, detail: `version ${version} (15 or later)` },
      {
        name: 'postgres rights',
        ok: mayMigrate || pending.length === 0,
        detail: mayMigrate
          ? 'may create tables'
          : pending.length === 0
            ? 'may not create tables: another role brings the schema along'
            : 'GRANT CREATE ON SCHEMA public is missing, or the owner has to run `troismains worker --migrate`',
      },
      {
        name: 'postgres schema',
        ok: pending.length === 0,
        detail:
          pending.length === 0 ? `${applied.length} migrations applied` : `to be applied when the worker starts: ${pending.join(', ')}`,
        advice: true,
      } satisfies Check,
      ...(await checkJournal(client)),
    ];
  }).catch(failed('postgres'));
}

/** The journal: whether its triggers stand, and whether this role may only add to it. Nothing before it is chained. */
async function checkJournal(client: pg.Client): Promise<Check[]> {
  const { rows } = await client.query<{ triggers: number; owned: boolean }>(
    `select (select count(*)::int from pg_trigger where tgrelid = t.oid and tgname in ('audit_chained', 'audit_append_only') and tgenabled in ('O', 'A'))
         + (select count(*)::int from pg_trigger where tgrelid = c.oid and tgname in ('audit_chain_append_only', 'audit_chain_by_trigger_only') and tgenabled in ('O', 'A')) as triggers,
       pg_has_role(t.relowner, 'MEMBER') or has_table_privilege(t.oid, 'UPDATE, DELETE, TRUNCATE') as owned
     from pg_class t, pg_class c where t.oid = to_regclass('audit') and c.oid = to_regclass('audit_chain')`,
  );
  return rows.map(({ triggers, owned }) => ({
    name: 'postgres journal',
    ok: triggers === 4,
    detail:
      triggers < 4
        ? 'its triggers are switched off: entries can be changed, and new ones are not chained'
        : owned
          ? 'append-only by trigger; this role could set the triggers aside (docs/operations.md, The journal)'
          : 'append-only by trigger and by right',
  }));
}

/** Temporal: reachable, its version, the namespace and its retention, the search attributes, whether a worker polls. */
export async function checkTemporal({ connection: options, namespace }: TemporalConfig, taskQueue: string): Promise<Check[]> {
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...options, connectTimeout: 8_000 });
  } catch (error) {
    return failed('temporal')(error);
  }
  const { workflowService, operatorService } = connection;
  const read = async (): Promise<Check[]> => {
    const { serverVersion } = await workflowService.getSystemInfo({});
    const described = await workflowService.describeNamespace({ namespace });
    const days = Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    const missing = Object.keys(SEARCH_ATTRIBUTES).filter((name) => !(name in customAttributes));
    const { pollers } = await workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 });
    const workers = pollers?.length ?? 0;
    return [
      { name: 'temporal', ok: true, detail: `${options.address}, server ${serverVersion}, namespace ${namespace}` },
      { name: 'temporal retention', ok: days >= 30, detail: `${days} days (30 or more)`, advice: true },
      {
        name: 'temporal search attributes',
        ok: missing.length === 0,
        detail: missing.length === 0 ? 'all there' : `missing: ${missing.join(', ')}`,
      },
      {
        name: 'worker',
        ok: workers > 0,
        detail: workers > 0 ? `${workers} polling ${taskQueue}` : `none polls ${taskQueue}`,
        advice: true,
      },
    ];
  };
  try {
    return await connection.withDeadline(Date.now() + 10_000, read);
  } catch (error) {
    return failed('temporal')(error);
  } finally {
    await connection.close();
  }
}

/** The mail server: reachable, and it takes our credentials. Sends nothing. */
export async function checkSmtp(url: string): Promise<Check[]> {
  const limited = new URL(url);
  for (const step of ['connectionTimeout', 'greetingTimeout', 'socketTimeout']) limited.searchParams.set(step, '8000');
  const transport = createTransport(limited.href);
  try {
    await transport.verify();
    return [{ name: 'smtp', ok: true, detail: `${new URL(url).host} is ready to take mail` }];
  } catch (error) {
    return failed('smtp')(error);
  } finally {
    transport.close();
  }
}

/** What other mail servers look up about the sender's domain. Advice only: a trial has no domain of its own. */
export async function checkMailDns(from: string): Promise<Check[]> {
  const domain = /@([^\s@<>]+)>?$/.exec(from)?.[1] ?? '';
  const texts = async (name: string) => (await resolveTxt(name).catch(() => [])).map((parts) => parts.join(''));
  const [spf, dmarc, mx] = await Promise.all([texts(domain), texts(`_dmarc.${domain}`), resolveMx(domain).catch(() => [])]);
  const has = (list: string[], start: string) => list.some((text) => text.toLowerCase().startsWith(start));
  const check = (name: string, ok: boolean, what: string): Check => ({
    name,
    ok,
    detail: `${domain}: ${ok ? '' : 'no '}${what}`,
    advice: true,
  });
  return [
    check('mail SPF', has(spf, 'v=spf1'), 'SPF'),
    check('mail DMARC', has(dmarc, 'v=dmarc1'), 'DMARC'),
    check('mail MX', mx.length > 0, 'MX, for answers and bounces'),
  ];
}

/** Our clock against the database's: deadlines are computed here and recorded there. */
export function checkClock(url: string): Promise<Check[]> {
  return withPostgres(url, async (client) => {
    const beforeMs = Date.now();
    const { rows } = await client.query<{ ms: string }>('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms');
    const afterMs = Date.now();
    const aheadMs = Math.round((beforeMs + afterMs) / 2 - Number(rows[0]?.ms));
    return [{ name: 'clock', ok: Math.abs(aheadMs) < 2_000, detail: `${aheadMs} ms ahead of the database's (less than 2000)` }];
  }).catch(failed('clock'));
}
